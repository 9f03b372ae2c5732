using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>What stops a run, what it says of it, and what becomes of everything else then.</summary>
public sealed class Halting
{
    [Fact]
    public void A_failure_fails_its_phase_and_its_stage_and_takes_back_what_nobody_has_begun()
    {
        var targets = Given.Targets(4);
        var simulation = new Simulation(Given.Run(targets), targets, (_, step) => step.Name == "Switch" ? Broken : StepOutcome.Succeeded.Plain).Work(hands: 1);

        var execute = simulation.Run.Of(Stage.Execute);
        (execute.Status, execute.Phases[0].Status, execute.Phases[1].Status).ShouldBe((StageStatus.Failed, PhaseStatus.Failed, PhaseStatus.Pending));
        simulation.Run.In(Stage.Execute, 1).Select(targetRun => targetRun.Status).ShouldBe([TargetRunStatus.Failed, TargetRunStatus.Pending]);
        simulation.Events.ShouldContain(happened => happened.Subject == "halt:1" && happened.Became == "Open" && happened.Text == "Step failed: “Switch” failed on web-1: It broke.");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_person_stops_it_in_the_stage_that_is_under_way_and_then_nothing_is_to_be_fixed()
    {
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets), targets, (_, _) => StepOutcome.Succeeded.Plain).WorkUntil(run => run.Of(Stage.Execute).Status is StageStatus.Running);
        simulation.Run.Stop("Lunch", Given.Dora, simulation.Now).Error.ShouldBeNull();

        (simulation.Run.OpenHalt!.Stage, simulation.Run.OpenHalt.IsAtGate).ShouldBe((Stage.Execute, false));
        simulation.Run.FixAndRecheck(Given.ByHand(simulation.Now)).Error.ShouldBe(RunErrors.NothingToRetry);
    }

    [Fact]
    public void With_few_hands_every_target_is_looked_at_all_the_same_before_it_halts()
    {
        var targets = Given.Targets(4);
        var simulation = new Simulation(Given.Run(targets), targets, (targetRun, step) => step.Name == "Reach" && targetRun.Subject is "web-1" or "web-4" ? Broken : StepOutcome.Succeeded.Plain).Work(hands: 1);

        simulation.Run.OpenHalt!.Subjects.ShouldBe(["web-1", "web-4"]);
        simulation.Visits.Count(visit => visit.EndsWith("Reach", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public void Names_the_target_that_failed_first_and_counts_the_others()
    {
        var targets = Given.Targets(3);
        Simulation? simulation = null;
        simulation = new Simulation(Given.Run(targets, Given.Model("3")), targets, (_, step) =>
        {
            simulation!.Now += TimeSpan.FromSeconds(1);
            return step.Name == "Switch" ? Broken : StepOutcome.Succeeded.Plain;
        });

        simulation.Work().Run.OpenHalt!.Sentence.ShouldBe("“Switch” failed on web-1 and 2 others: It broke.");
    }

    [Theory]
    [InlineData("Check artefacts", null, HaltCause.ComponentMissing)]
    [InlineData("Reach", null, HaltCause.PrerequisiteMissing)]
    [InlineData("Switch", null, HaltCause.StepFailed)]
    [InlineData("Switch", HaltCause.HealthCheckFailed, HaltCause.StepFailed)]
    [InlineData("Switch", HaltCause.VersionMismatchAfter, HaltCause.StepFailed)]
    [InlineData("Switch", HaltCause.TargetUnreachable, HaltCause.TargetUnreachable)]
    [InlineData("Read back", null, HaltCause.HealthCheckFailed)]
    [InlineData("Read back", HaltCause.VersionMismatchAfter, HaltCause.VersionMismatchAfter)]
    public void The_cause_is_what_the_step_found_or_what_a_failure_means_in_its_stage(string broken, HaltCause? found, HaltCause cause)
    {
        var targets = Given.Targets(1);
        new Simulation(Given.Run(targets), targets, (_, step) => step.Name == broken ? new StepOutcome.Failed("It broke.", found) : StepOutcome.Succeeded.Plain).Work().Run.OpenHalt!.Cause.ShouldBe(cause);
    }

    [Fact]
    public void Failures_add_up_over_the_phases()
    {
        var model = Given.Model("2", "1") with { Execute = Given.Model("2", "1").Execute with { MaxFailedTargets = "1" } };
        var targets = Given.Targets(6);
        var simulation = new Simulation(Given.Run(targets, model), targets, (targetRun, step) => step.Name == "Switch" && targetRun.Subject is "web-1" or "web-3" ? Broken : StepOutcome.Succeeded.Plain, model: model).Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.FailureThresholdExceeded);
        simulation.Run.OpenHalt.Phase.ShouldBe(2);
        simulation.Run.OpenHalt.Sentence.ShouldBe("Too many failures (2 of all targets failed and 1 may): “Switch” failed on web-3: It broke.");
    }

    private static StepOutcome Broken => new StepOutcome.Failed("It broke.");
}
