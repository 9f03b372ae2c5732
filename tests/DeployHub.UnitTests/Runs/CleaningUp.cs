using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Steps for the case that another failed, steps that come in any case, and steps whose failure stops nothing.</summary>
public sealed class CleaningUp
{
    private readonly HashSet<string> _broken = [];

    [Fact]
    public void Without_a_failure_what_always_runs_runs_and_what_is_for_a_failure_does_not()
    {
        var simulation = Started().Work();
        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        States(simulation).ShouldBe([StepStatus.Succeeded, StepStatus.Succeeded, StepStatus.NotApplicable, StepStatus.Succeeded]);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void After_a_failure_only_what_cleans_up_follows_and_the_run_halts_because_of_the_first_that_failed()
    {
        _broken.UnionWith(["Install", "Undo"]);
        var simulation = Started().Work();

        States(simulation).ShouldBe([StepStatus.Failed, StepStatus.Pending, StepStatus.Failed, StepStatus.Succeeded]);
        simulation.Run.OpenHalt!.Step.ShouldBe("Install");
        simulation.Visits.Where(visit => visit.StartsWith("Execute", StringComparison.Ordinal)).ShouldBe(["Execute web-1 Install", "Execute web-1 Undo", "Execute web-1 Tidy up"]);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void When_the_failed_step_runs_again_the_steps_after_it_have_their_turn_anew()
    {
        _broken.Add("Install");
        var simulation = Started().Work();
        _broken.Clear();

        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        States(simulation).ShouldBe([StepStatus.Succeeded, StepStatus.Succeeded, StepStatus.NotApplicable, StepStatus.Succeeded]);
        simulation.Visits.Count(visit => visit.EndsWith("Tidy up", StringComparison.Ordinal)).ShouldBe(2);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_step_done_by_hand_is_followed_by_the_next_and_not_by_what_is_for_its_failure()
    {
        _broken.Add("Start");
        var simulation = Started().Work();
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        States(simulation).ShouldBe([StepStatus.Succeeded, StepStatus.SkippedByResolution, StepStatus.NotApplicable, StepStatus.Succeeded]);
    }

    [Fact]
    public void A_step_that_may_fail_is_told_and_stops_nothing()
    {
        _broken.Add("Install");
        var simulation = Started(install => install with { IfItFails = IfItFails.GoOn }).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        States(simulation)[0].ShouldBe(StepStatus.Tolerated);
        simulation.Run.In(Stage.Execute, 1).Single().Steps[0].Trouble().ShouldBe("It broke.");
    }

    [Fact]
    public void A_lost_worker_cleans_up_nothing_because_the_step_may_still_run()
    {
        var targets = Given.Targets(1);
        var model = Model(install => install);
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, step) => step.Name == "Install" ? null : new StepOutcome.Succeeded([]), model: model).Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.WorkerLost);
        States(simulation).ShouldBe([StepStatus.Unknown, StepStatus.Pending, StepStatus.Pending, StepStatus.Pending]);
    }

    private Simulation Started(Func<StepDefinition, StepDefinition>? change = null)
    {
        var targets = Given.Targets(1);
        var model = Model(change ?? (install => install));
        return new Simulation(Given.Run(targets, model), targets, (_, step) => _broken.Contains(step.Name) ? new StepOutcome.Failed("It broke.") : new StepOutcome.Succeeded([]), model: model);
    }

    private static ModelContent Model(Func<StepDefinition, StepDefinition> change) => Given.Model(execute:
    [
        change(Step("Install")),
        Step("Start"),
        Step("Undo") with { Runs = StepRuns.OnFailure },
        Step("Tidy up") with { Runs = StepRuns.Always },
    ]);

    private static StepDefinition Step(string name) => new(name, new RunScript(["true"]));

    private static List<StepStatus> States(Simulation simulation) => [.. simulation.Run.In(Stage.Execute, 1).Single().Steps.Select(step => step.Status)];
}
