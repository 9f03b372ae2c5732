using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Automatic retries, the pauses before them (domain Appendix A), and the retries that people ask for (domain §2.4.4).</summary>
public sealed class TryingAgain
{
    private static readonly StepOutcome Broken = new StepOutcome.Failed("It broke.");

    private readonly Queue<StepOutcome?> _answers = [];

    [Fact]
    public void A_step_that_may_run_twice_is_tried_again_after_pauses_that_grow()
    {
        Answers(Broken, Broken, Broken);
        var simulation = Started(retries: 3).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        Step(simulation).Attempts.Select(attempt => (attempt.BeganAt - Given.Now).TotalSeconds).ShouldBe([0, 5, 35, 65]);
        simulation.Events.Count(happened => happened.Text == "web-1: “Warm up” failed and is tried again: It broke.").ShouldBe(3);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void It_fails_when_every_retry_failed()
    {
        Answers(Broken, Broken, Broken);
        var simulation = Started(retries: 1).Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.StepFailed);
        Step(simulation).Attempts.Count.ShouldBe(2);
    }

    [Fact]
    public void What_must_not_run_twice_is_never_tried_again_by_itself()
    {
        Answers(Broken);
        var simulation = Started(retries: 3, afterLoss: AfterLoss.AskPerson).Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.StepFailed);
        Step(simulation).Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public void A_person_gets_one_try_more_once_the_retries_are_used_up()
    {
        Answers(Broken, Broken, Broken);
        var simulation = Started(retries: 1).Work();
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        simulation.Run.Halts.Count.ShouldBe(2);
        Step(simulation).Attempts.Count.ShouldBe(3);
        Step(simulation).HumanRetries.ShouldBe(1);
    }

    [Fact]
    public void What_a_lost_worker_tried_uses_up_no_retry()
    {
        Answers(null, null, null, Broken);
        var simulation = Started(retries: 1).Work();
        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.WorkerLost);
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Step(simulation).Attempts.Count.ShouldBe(5);
    }

    [Fact]
    public void A_person_may_retry_a_step_five_times()
    {
        var simulation = Started(retries: 0, always: Broken).Work();
        for (var times = 0; times < 5; times++)
        {
            simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
            simulation.Work();
        }

        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.TooManyRetries);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_step_whose_time_is_over_says_so()
    {
        Answers(new StepOutcome.TimedOut("Not within 15 minutes."));
        var simulation = Started(retries: 0).Work();

        (Step(simulation).Status, simulation.Run.OpenHalt!.Cause).ShouldBe((StepStatus.TimedOut, HaltCause.StepTimedOut));
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_cleaned_up_before_the_step_that_failed_is_not_done_again()
    {
        var broken = true;
        var targets = Given.Targets(1);
        var model = Given.Model("1", "0", Script("Prepare") with { Runs = StepRuns.Always }, Script("Install"), Script("Tidy up") with { Runs = StepRuns.Always });
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, step) => step.Name == "Install" && broken ? Broken : StepOutcome.Succeeded.Plain, model: model).Work();
        broken = false;
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        simulation.Visits.Where(visit => visit.StartsWith("Execute", StringComparison.Ordinal)).Select(visit => visit["Execute web-1 ".Length..])
            .ShouldBe(["Prepare", "Install", "Tidy up", "Install", "Tidy up"], ignoreOrder: false);
    }

    private void Answers(params StepOutcome?[] answers) => Array.ForEach(answers, _answers.Enqueue);

    private Simulation Started(int retries, AfterLoss afterLoss = AfterLoss.RunAgain, StepOutcome? always = null)
    {
        var targets = Given.Targets(1);
        var model = Given.Model("1", "0", Script("Warm up") with { Retries = retries, AfterLoss = afterLoss });
        return new Simulation(Given.Run(targets, model), targets, (_, step) => step.Name != "Warm up" ? StepOutcome.Succeeded.Plain : _answers.TryDequeue(out var answer) ? answer : always ?? StepOutcome.Succeeded.Plain, model: model);
    }

    private static StepDefinition Script(string name) => new(name, new RunScript(["true"]));

    private static StepRun Step(Simulation simulation) => simulation.Run.In(Stage.Execute, 1).Single().Steps[0];
}
