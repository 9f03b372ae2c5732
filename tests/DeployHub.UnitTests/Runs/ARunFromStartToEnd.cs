using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

public sealed class ARunFromStartToEnd
{
    private static StepOutcome Fine(TargetRun targetRun, StepRun step) => StepOutcome.Succeeded.Plain;

    [Fact]
    public void Passes_all_four_stages_when_the_world_says_yes()
    {
        var targets = Given.Targets(6);
        var simulation = new Simulation(Given.Run(targets), targets, Fine).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Run.OutcomeOf().ShouldBe(Outcome.Succeeded);
        simulation.Run.Stages.ShouldAllBe(stage => stage.Status == StageStatus.Passed);
        simulation.Visits.Count.ShouldBe(1 + 6 + 12 + 6);
        simulation.Visits.ShouldBeUnique();
        simulation.Observations.Select(seen => seen.VersionId).ShouldAllBe(version => version == Given.New.VersionId);
        simulation.Events.ShouldNotContain(happened => happened.Became == nameof(PhaseStatus.Soaking), "no phase is observed");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Takes_the_targets_in_batches_and_waits_for_each_batch()
    {
        var targets = Given.Targets(6);
        var simulation = new Simulation(Given.Run(targets), targets, Fine).Work();

        var order = simulation.Visits.Where(visit => visit.StartsWith("Execute")).Select(visit => visit.Split(' ')[1]).Distinct().Chunk(2).Select(batch => batch.Order().ToArray()).ToArray();
        order.ShouldBe([["web-1", "web-2"], ["web-3", "web-4"], ["web-5", "web-6"]]);
    }

    [Fact]
    public void Halts_in_the_first_batch_and_touches_nothing_else()
    {
        var targets = Given.Targets(6);
        var simulation = new Simulation(Given.Run(targets), targets, (_, step) => step.Name == "Switch" ? new StepOutcome.Failed("It answered 503.") : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Halted);
        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.StepFailed);
        simulation.Run.OpenHalt.Sentence.ShouldContain("It answered 503.");
        simulation.Visits.Where(visit => visit.StartsWith("Execute")).Select(visit => visit.Split(' ')[1]).Distinct().ShouldBe(["web-1", "web-2"], ignoreOrder: true);
        simulation.Observations.ShouldBeEmpty();
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Rolls_back_only_what_it_touched_and_to_what_was_there()
    {
        var targets = Given.Targets(6);
        var isBroken = true;
        var simulation = new Simulation(Given.Run(targets), targets, (_, step) => step.Name == "Switch" && isBroken ? new StepOutcome.Failed("It answered 503.") : StepOutcome.Succeeded.Plain).Work();
        isBroken = false;

        var run = simulation.Run;
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        run.Status.ShouldBe(RunStatus.RolledBack);
        run.OutcomeOf().ShouldBe(Outcome.RolledBack);
        simulation.Observations.Select(seen => seen.TargetId).ShouldBe([targets[0].Id, targets[1].Id], ignoreOrder: true);
        simulation.Observations.ShouldAllBe(seen => seen.VersionId == Given.Old.VersionId);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Goes_on_after_a_retry_and_says_that_a_person_intervened()
    {
        var targets = Given.Targets(2);
        var isBroken = true;
        var simulation = new Simulation(Given.Run(targets), targets, (_, step) => step.Name == "Switch" && isBroken ? new StepOutcome.Failed("No.") : StepOutcome.Succeeded.Plain).Work();
        isBroken = false;

        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        simulation.Run.OutcomeOf().ShouldBe(Outcome.SucceededAfterIntervention);
        simulation.Visits.Count(visit => visit == "Execute web-1 Upload").ShouldBe(1, "what succeeded is not done again");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Leaves_excluded_targets_out_of_everything_that_follows()
    {
        var targets = Given.Targets(4);
        var simulation = new Simulation(Given.Run(targets), targets, (on, step) => step.Name == "Switch" && on.Subject == "web-1" ? new StepOutcome.Failed("No.") : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.ExcludeTargets(["web-1"], 5, mayExceed: false, Given.Decision(simulation.Now)).Error!.Code.ShouldBe("run.too-many-excluded");
        simulation.Run.ExcludeTargets(["web-2"], 100, mayExceed: true, Given.Decision(simulation.Now)).Error!.Code.ShouldBe("run.target-not-failed");
        simulation.Run.ExcludeTargets(["web-1"], 25, mayExceed: false, Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        simulation.Run.OutcomeOf().ShouldBe(Outcome.PartiallyDeployed);
        simulation.Visits.ShouldNotContain("VerifyDeployment web-1 Read back");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Ends_as_failed_when_it_is_abandoned()
    {
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets), targets, (_, step) => step.Name == "Switch" ? new StepOutcome.Failed("No.") : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.Abandon(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Advance();

        simulation.Run.Status.ShouldBe(RunStatus.Ended);
        simulation.Run.OutcomeOf().ShouldBe(Outcome.Failed);
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.NotHalted);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Refuses_a_decision_without_a_diagnosis()
    {
        var targets = Given.Targets(1);
        var simulation = new Simulation(Given.Run(targets), targets, (_, _) => new StepOutcome.Failed("No.")).Work();

        simulation.Run.Retry(Given.Decision(simulation.Now) with { Diagnosis = " " }).Error.ShouldBe(RunErrors.DiagnosisMissing);
    }

    [Fact]
    public void Every_target_is_looked_at_before_the_run_halts_with_all_that_are_away()
    {
        var targets = Given.Targets(6);
        var world = new Simulation(Given.Run(targets), targets, (targetRun, step) =>
            step.Name == "Reach" && targetRun.Subject is "web-2" or "web-5" ? new StepOutcome.Failed("It does not answer.", HaltCause.TargetUnreachable) : StepOutcome.Succeeded.Plain);
        world.WorkUntil(run => run.OpenHalt is not null);

        world.Run.OpenHalt!.Subjects.ShouldBe(["web-2", "web-5"]);
        world.Run.Of(Stage.Execute).Status.ShouldBe(StageStatus.Pending);
    }
}
