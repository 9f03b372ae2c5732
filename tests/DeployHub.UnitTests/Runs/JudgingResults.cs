using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>How far each target has come, how much is exposed, and what the run came to (domain §2.4.3, §2.4.4).</summary>
public sealed class JudgingResults
{
    private static readonly StepOutcome Broken = new StepOutcome.Failed("It broke.");

    [Fact]
    public void Passing_without_a_target_that_the_budget_bore_is_a_part_of_the_deployment()
    {
        var simulation = Started(Given.Model("4", "1"), 4, (targetRun, step) => Is(targetRun, step, "web-2 Switch") ? Broken : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Run.OutcomeOf().ShouldBe(Outcome.PartiallyDeployed);
        Results(simulation).ShouldBe([TargetResult.Verified, TargetResult.Failed, TargetResult.Verified, TargetResult.Verified]);
        simulation.Run.Exposure().ShouldBe(75);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Passing_without_a_target_on_which_nobody_knows_what_happened_is_a_failure()
    {
        var simulation = Started(Given.Model("4", "1"), 4, (targetRun, step) => Is(targetRun, step, "web-2 Switch") ? null : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Run.OutcomeOf().ShouldBe(Outcome.Failed);
    }

    [Fact]
    public void Abandoning_a_run_with_a_failed_target_is_a_failure_whatever_the_others_have()
    {
        var simulation = Started(Given.Model(), 2, (targetRun, step) => Is(targetRun, step, "web-2 Read back") ? Broken : StepOutcome.Succeeded.Plain).Work();
        simulation.Run.Abandon(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        Results(simulation).ShouldBe([TargetResult.Verified, TargetResult.Failed]);
        simulation.Run.OutcomeOf().ShouldBe(Outcome.Failed);
    }

    [Fact]
    public void Abandoning_a_run_that_reached_no_target_is_a_failure()
    {
        var simulation = Started(Given.Model(), 2, (_, _) => StepOutcome.Succeeded.Plain);
        simulation.Run.Stop("Lunch", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Run.Abandon(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        Results(simulation).ShouldBe([TargetResult.Pending, TargetResult.Pending]);
        simulation.Run.OutcomeOf().ShouldBe(Outcome.Failed);
    }

    [Fact]
    public void A_target_that_could_not_be_reached_has_not_failed()
    {
        var simulation = Started(Given.Model(), 2, (targetRun, step) =>
            step.Name != "Switch" ? StepOutcome.Succeeded.Plain : targetRun.Subject == "web-1" ? new StepOutcome.Failed("No route to host.", HaltCause.TargetUnreachable) : Broken).Work();

        Results(simulation).ShouldBe([TargetResult.Unreachable, TargetResult.Failed]);
    }

    [Fact]
    public void A_target_is_in_progress_while_a_person_works_on_it_and_pending_while_it_was_only_looked_at()
    {
        var model = Given.Model("1", "0", new StepDefinition("Swap the disk", new ManualWork("Swap it.", EvidenceRule.None)));
        var simulation = Started(model, 2, (_, step) => step.Settings is ManualWork ? new StepOutcome.NeedsPerson() : StepOutcome.Succeeded.Plain).Work();

        Results(simulation).ShouldBe([TargetResult.InProgress, TargetResult.Pending]);
    }

    [Fact]
    public void Without_traffic_to_shift_the_updated_targets_are_exposed()
    {
        var simulation = Started(Given.Model(), 4, (_, _) => StepOutcome.Succeeded.Plain);
        simulation.Run.ShiftsTraffic().ShouldBeFalse();
        simulation.Run.Exposure().ShouldBe(0);
        simulation.WorkUntil(run => run.Of(Stage.Execute).Phases[0].Status is PhaseStatus.Passed).Run.Exposure().ShouldBe(50);
        simulation.Work().Run.Exposure().ShouldBe(100);
    }

    [Fact]
    public void With_traffic_to_shift_what_was_shifted_last_is_exposed()
    {
        var model = Given.Model();
        model = model with { Execute = model.Execute with { Phases = new PhaseList([new("Inside", "1"), new("Canary", "1", "10%"), new("Everyone", "rest", "100%")]), Switch = [new("Shift", new RunScript(["shift"]))] } };
        var simulation = Started(model, 3, (_, _) => StepOutcome.Succeeded.Plain);

        simulation.Run.ShiftsTraffic().ShouldBeTrue("some of its phases do");
        simulation.WorkUntil(run => run.Of(Stage.Execute).Phases[0].Status is PhaseStatus.Passed).Run.Exposure().ShouldBe(0);
        simulation.WorkUntil(run => run.Of(Stage.Execute).Phases[1].Status is PhaseStatus.Passed).Run.Exposure().ShouldBe(10);
        simulation.Work().Run.Exposure().ShouldBe(100);
    }

    [Fact]
    public void A_run_without_targets_exposes_nobody() => Given.Run([]).Exposure().ShouldBe(0);

    private static bool Is(TargetRun targetRun, StepRun step, string name) => $"{targetRun.Subject} {step.Name}" == name;

    private static List<TargetResult> Results(Simulation simulation) => [.. simulation.Targets.Select(target => simulation.Run.ResultOf(target.Id))];

    private static Simulation Started(ModelContent model, int count, Func<TargetRun, StepRun, StepOutcome?> world)
    {
        var targets = Given.Targets(count);
        return new Simulation(Given.Run(targets, model), targets, world, model: model);
    }
}
