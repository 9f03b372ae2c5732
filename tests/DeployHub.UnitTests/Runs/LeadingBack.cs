using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>The way back: the last phase first, what the record says of it, and when the run cannot take it by itself.</summary>
public sealed class LeadingBack
{
    [Fact]
    public void The_last_phase_is_led_back_first_and_every_phase_says_what_became_of_it()
    {
        var isBroken = true;
        var targets = Given.Targets(6);
        var simulation = new Simulation(Given.Run(targets), targets, (targetRun, step) => isBroken && step.Name == "Switch" && targetRun.Subject is "web-3" or "web-4" ? new StepOutcome.Failed("No.") : StepOutcome.Succeeded.Plain).Work();
        isBroken = false;
        var before = simulation.Visits.Count;
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Now += TimeSpan.FromMinutes(1);
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);

        simulation.Visits.Skip(before).Select(visit => visit.Split(' ')[1]).Distinct().ShouldBe(["web-3", "web-4", "web-1", "web-2"]);
        var phases = simulation.Run.Of(Stage.Execute).Phases;
        phases.Select(phase => (phase.Name, phase.Status)).ShouldBe(
        [
            ("Batch 1 of 3", PhaseStatus.RolledBack), ("Batch 2 of 3", PhaseStatus.RolledBack), ("Batch 3 of 3", PhaseStatus.NotStarted),
            ("Roll back 1 of 2", PhaseStatus.Passed), ("Roll back 2 of 2", PhaseStatus.Passed),
        ]);
        phases[0].EndedAt.ShouldBe(simulation.Now, "what it did was there until then");
        simulation.Run.TargetRuns.ShouldNotContain(targetRun => targetRun.Status == TargetRunStatus.Pending);
        simulation.Run.Halts.Single().Resolution!.Targets.ShouldBe(["web-3", "web-4", "web-1", "web-2"]);
        simulation.Events.ShouldContain(happened => happened.Became == "RollingBack" && happened.Text == "Dora rolls back 4 targets.");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_a_run_left_on_a_target_is_what_it_brought_where_it_was_and_what_was_there_before_once_it_led_back()
    {
        var isBroken = true;
        var targets = Given.Targets(4);
        var simulation = new Simulation(Given.Run(targets), targets, (targetRun, step) => isBroken && step.Name == "Switch" && targetRun.Subject is "web-1" ? new StepOutcome.Failed("No.") : StepOutcome.Succeeded.Plain).Work();
        var run = simulation.Run;
        run.BroughtTo(targets[0].Id, Given.New.ComponentId)!.Label.ShouldBe("1.1.0");
        run.BroughtTo(targets[0].Id, Domain.Inventory.ComponentId.New()).ShouldBeNull();
        run.BroughtTo(targets[3].Id, Given.New.ComponentId).ShouldBeNull("its phase never began");

        isBroken = false;
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
        run.BroughtTo(targets[0].Id, Given.New.ComponentId)!.Label.ShouldBe("1.0.0");
        run.BroughtTo(targets[3].Id, Given.New.ComponentId).ShouldBeNull();
    }

    [Fact]
    public void Where_only_the_traffic_goes_back_the_record_says_so()
    {
        var simulation = Observed(Breach, model => model with { Rollback = new RollbackDefinition(RollbackMethod.SwitchBack, Switch: [new("Shift back", new RunScript(["shift back"]))]) }).Work();

        simulation.Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Events.ShouldContain(happened => happened.Became == "RollingBack" && happened.Text.EndsWith("rolls back the switch of the traffic.", StringComparison.Ordinal));
        simulation.Run.Halts.Single().Resolution!.Targets.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("restore backup.sql", true)]
    [InlineData("restore ${version.label}", false)]
    public void Where_nothing_was_before_only_steps_that_speak_of_no_version_lead_back(string command, bool leadsBack)
    {
        var targets = Given.Targets(1);
        var model = Given.Model() with { Rollback = new RollbackDefinition(RollbackMethod.RestoreBackup, [new("Restore it", new RunScript([command]))]) };
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, step) => step.Name == "Switch" ? new StepOutcome.Failed("No.") : StepOutcome.Succeeded.Plain, model: model) { IsFirst = true }.Work();

        var refused = simulation.RollBack(Given.Decision(simulation.Now)).Error;
        refused?.Code.ShouldBe(nameof(HaltCause.BaselineUnavailable));
        (refused is null).ShouldBe(leadsBack);
        if (!leadsBack) return;

        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Run.TargetRuns[^1].Steps.Select(step => step.Name).ShouldBe(["Restore it"], "there is nothing to verify it against");
    }

    [Fact]
    public void What_the_model_decided_is_recorded_as_its_decision_about_the_component()
    {
        var decided = Observed(Breach).Work().Run.Halts.Single().Resolution!;
        (decided.CauseClass, decided.Diagnosis).ShouldBe((CauseClass.Component, "The model rolls back on a breach. “Errors” failed while Batch 1 of 2 was observed: Too many."));
    }

    [Fact]
    public void What_the_model_decided_about_a_slot_that_is_over_is_recorded_as_a_matter_of_planning()
    {
        var simulation = Observed(Fine, model => model with { Execute = model.Execute with { AtWindowEnd = AtWindowEnd.RollBackIfNotDone } }).WorkUntil(run => run.Of(Stage.Execute).Phases[0].Status is PhaseStatus.Running);
        simulation.Gates = [new Gate(GateKind.Slot, false, "The slot is over.")];

        var decided = simulation.Work().Run.Halts.Single().Resolution!;
        (decided.CauseClass, decided.Diagnosis).ShouldBe((CauseClass.Planning, "The model rolls back when the slot is over. Batch 2 of 2 may not begin. The slot is over."));
    }

    [Fact]
    public void A_first_deployment_has_nothing_to_return_to_so_people_decide_about_the_breach()
    {
        var simulation = Observed(Breach, isFirst: true).Work();

        var halt = simulation.Run.OpenHalt!;
        halt.RollsBack.ShouldBeFalse();
        halt.AutomaticAction.ShouldBe("The automatic rollback was not possible: There is no earlier version to return to on web-1. Choose another resolution.");
        simulation.Events.Last(happened => happened.Subject == "halt:1").Text.ShouldBe(halt.AutomaticAction);
        simulation.Run.Abandon(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().ShouldFoldToItsState();
    }

    private static StepOutcome Fine(TargetRun targetRun, StepRun step) => StepOutcome.Succeeded.Plain;

    private static StepOutcome Breach(TargetRun targetRun, StepRun step) => targetRun.Part is PhasePart.Watch ? new StepOutcome.Failed("Too many.", HaltCause.MetricBreach) : StepOutcome.Succeeded.Plain;

    /// <summary>Two phases of one target each; the traffic is shifted, errors are counted, and a breach leads back.</summary>
    private static Simulation Observed(Func<TargetRun, StepRun, StepOutcome> world, Func<ModelContent, ModelContent>? change = null, bool isFirst = false)
    {
        var given = Given.Model("1");
        var model = given with
        {
            Execute = given.Execute with { OnBreach = OnBreach.RollBack, Switch = [new("Shift", new RunScript(["shift"]))], Watch = [new("Errors", new CheckMetric("http://metrics", "errors"))] },
        };
        model = change?.Invoke(model) ?? model;
        var targets = Given.Targets(2);
        return new Simulation(Given.Run(targets, model), targets, world, model: model) { IsFirst = isFirst };
    }
}
