using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>What people may decide about a halt, and what they may not (domain §2.4.4).</summary>
public sealed class DecidingAboutHalts
{
    private static readonly StepOutcome No = new StepOutcome.Failed("No.");

    [Fact]
    public void Nothing_is_decided_before_what_is_under_way_was_let_finish()
    {
        var simulation = UnderWay();
        simulation.Run.Stop("Lunch", Given.Dora, simulation.Now).Error.ShouldBeNull();

        var refused = simulation.Run.Abandon(Given.Decision(simulation.Now)).Error!;
        (refused.Code, refused.Message).ShouldBe(("run.still-under-way", "web-1 and web-2 are still being worked on and are let finish first. Decide in a moment."));
        simulation.Work().Run.Abandon(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void A_decision_is_part_of_the_record()
    {
        var simulation = Broken("Switch");
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        var decided = simulation.Run.TakeNewEvents()[0];
        (decided.Subject, decided.Became, decided.Text, decided.By).ShouldBe(("halt:1", "Retry", "It answered 503.", Given.Dora));
    }

    [Fact]
    public void Where_nothing_failed_inside_a_phase_there_is_nothing_to_retry()
    {
        var given = Given.Model();
        var model = given with { Execute = given.Execute with { AtWindowEnd = AtWindowEnd.HaltNow } };
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, step) => step is { Name: "Upload", Ticket: null } ? new StepOutcome.StillRunning("1", TimeSpan.FromMinutes(40)) : StepOutcome.Succeeded.Plain, model: model) { SlotEnd = Given.Now.AddMinutes(10) }.Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.WindowOverrun);
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.NothingToRetry);
        simulation.Run.FixAndRecheck(Given.ByHand(simulation.Now)).Error.ShouldBe(RunErrors.NothingToRetry);
    }

    [Theory]
    [InlineData("Check artefacts")]
    [InlineData("Reach")]
    [InlineData("Read back")]
    public void A_check_outside_of_Execute_is_not_done_by_hand(string check)
    {
        var simulation = Broken(check);
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBe(RunErrors.StepNotByHand);
    }

    [Fact]
    public void Where_no_step_failed_none_is_done_by_hand()
    {
        var simulation = UnderWay();
        simulation.Run.Stop("Lunch", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Work().Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBe(RunErrors.StepNotByHand);
    }

    [Fact]
    public void What_was_done_by_hand_is_on_the_target_from_then_on()
    {
        var simulation = Broken("Switch", targets: 2);
        simulation.Observations.ShouldBeEmpty();
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();

        simulation.Run.TakeObservations().ShouldBe([.. simulation.Targets.Select(target => new Observation(target.Id, Given.New.ComponentId, Given.New.VersionId))]);
    }

    [Fact]
    public void A_waiver_lasts_ninety_days_at_most()
    {
        var simulation = Broken("Read back");
        WaivedFor(91).Error!.Message.ShouldEndWith("at most 90 days from now.");
        WaivedFor(90).Error.ShouldBeNull();

        Domain.Result WaivedFor(int days) => simulation.Run.AcceptWithWaiver(Given.Decision(simulation.Now) with { Waiver = new Waiver(simulation.Now.AddDays(days), "Somebody looks.") });
    }

    [Fact]
    public void Several_failed_targets_are_left_out_together_within_the_limit_that_the_refusal_names()
    {
        var simulation = Broken("Switch");
        var refused = Exclude(simulation, ["web-1", "web-2"], 49).Error!;
        refused.Message.ShouldStartWith("This would leave out 50 % of the targets; above 49 %");

        Exclude(simulation, ["web-1", "web-2"], 50).Error.ShouldBeNull();
        simulation.Run.Halts[0].Resolution!.Targets.ShouldBe(["web-1", "web-2"]);
        simulation.Run.TargetRuns.Where(targetRun => targetRun is { Subject: "web-1", Stage: Stage.Execute or Stage.VerifyDeployment }).ShouldAllBe(targetRun => targetRun.Status == TargetRunStatus.Deferred);
    }

    [Fact]
    public void At_least_one_target_remains()
    {
        var simulation = Broken("Switch", targets: 2);
        Exclude(simulation, ["web-1", "web-2"], 100).Error.ShouldBe(RunErrors.NoTargetWouldRemain);
        Exclude(simulation, [], 100).Error.ShouldBe(RunErrors.TargetsNotNamed);
        Exclude(simulation, ["web-2"], 50).Error.ShouldBeNull();
    }

    [Fact]
    public void Versions_and_what_is_led_back_are_not_left_out()
    {
        Exclude(Broken("Check artefacts"), ["web 1.1.0"], 100).Error!.Code.ShouldBe("run.resolution-not-allowed");

        var simulation = Broken("Switch");
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.OpenHalt!.Cause.ShouldBe(HaltCause.RollbackStepFailed);
        Exclude(simulation, ["web-1"], 100).Error!.Code.ShouldBe("run.resolution-not-allowed");
        simulation.RollBack(Given.Decision(simulation.Now)).Error!.Code.ShouldBe("run.resolution-not-allowed", "it is being led back already");
    }

    [Theory]
    [InlineData(PhasePart.Watch, "Errors")]
    [InlineData(PhasePart.Switch, "production")]
    public void A_check_that_observes_and_the_switch_of_the_traffic_stand_for_all_targets_and_are_not_left_out(PhasePart part, string subject)
    {
        var given = Given.Model("1");
        var model = given with { Execute = given.Execute with { Switch = [new("Shift", new RunScript(["shift"]))], Watch = [new("Errors", new CheckMetric("http://metrics", "errors"))] } };
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets, model), targets, (targetRun, _) => targetRun.Part == part ? No : StepOutcome.Succeeded.Plain, model: model).Work();

        simulation.Run.OpenHalt!.Subjects.ShouldBe([subject]);
        simulation.Run.MayExcludeTargets.ShouldBeFalse();
        Exclude(simulation, [subject], 100).Error!.Code.ShouldBe("run.resolution-not-allowed");
    }

    [Fact]
    public void What_an_ended_run_did_not_come_to_never_starts()
    {
        var simulation = Broken("Switch");
        simulation.Run.Abandon(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        simulation.Run.DueAt.ShouldBeNull();
        simulation.Run.TargetRuns.ShouldNotContain(targetRun => targetRun.Status == TargetRunStatus.Pending);
        simulation.Run.In(Stage.Execute, 2).ShouldAllBe(targetRun => targetRun.Status == TargetRunStatus.NotStarted);
        simulation.Run.Of(Stage.Execute).Phases.Select(phase => phase.Status).ShouldBe([PhaseStatus.Failed, PhaseStatus.NotStarted]);
        simulation.Run.Of(Stage.VerifyDeployment).Phases.Single().Status.ShouldBe(PhaseStatus.NotStarted);
    }

    [Fact]
    public void A_failure_within_the_budget_leaves_the_target_out_of_what_follows()
    {
        var model = Given.Model("2", "1");
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets, model), targets, (targetRun, step) => step.Name == "Switch" && targetRun.Subject == "web-1" ? No : StepOutcome.Succeeded.Plain, model: model).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Visits.ShouldNotContain("VerifyDeployment web-1 Read back");
        simulation.Visits.ShouldContain("VerifyDeployment web-2 Read back");
        simulation.ShouldFoldToItsState();
    }

    /// <summary>In batches of two; the step fails wherever it runs.</summary>
    private static Simulation Broken(string step, int targets = 4)
    {
        var known = Given.Targets(targets);
        return new Simulation(Given.Run(known), known, (_, current) => current.Name == step ? No : StepOutcome.Succeeded.Plain).Work();
    }

    /// <summary>Both targets are in the middle of a step that goes on by itself.</summary>
    private static Simulation UnderWay()
    {
        var targets = Given.Targets(2);
        return new Simulation(Given.Run(targets), targets, (_, step) => step is { Name: "Upload", Ticket: null } ? new StepOutcome.StillRunning("1", TimeSpan.FromMinutes(1)) : StepOutcome.Succeeded.Plain)
            .WorkUntil(run => run.In(Stage.Execute, 1).All(targetRun => targetRun.Status is TargetRunStatus.InProgress));
    }

    private static Domain.Result Exclude(Simulation simulation, IReadOnlyList<string> names, int maxPercent) => simulation.Run.ExcludeTargets(names, maxPercent, mayExceed: false, Given.Decision(simulation.Now));
}
