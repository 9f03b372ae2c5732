using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Steps that people do: what the run says it waits for, and what becomes of them when it halts.</summary>
public sealed class WorkByHand
{
    private static readonly StepDefinition[] Steps = [new("Swap the disk", new ManualWork("Swap it.", EvidenceRule.None, "5m")), new("Close the rack", new ManualWork("Close it.", EvidenceRule.None, "1m"))];

    [Fact]
    public void Names_only_those_who_still_wait_as_soon_as_one_has_answered()
    {
        var run = Waiting(targets: 3).Run;
        run.WaitingSentence.ShouldBe("A person has to do “Swap the disk” on web-1, web-2 and web-3.");

        Answer(run, "web-1", 1, ManualAnswer.Done);
        run.Status.ShouldBe(RunStatus.Running, "a worker has the next step of web-1 to look at");
        run.TasksSentence.ShouldBe("A person has to do “Swap the disk” on web-2 and web-3.");
    }

    [Fact]
    public void Names_the_step_of_those_it_lists_and_no_others()
    {
        var simulation = Waiting(targets: 2);
        Answer(simulation.Run, "web-2", 1, ManualAnswer.Done);
        simulation.Work();

        simulation.Run.WaitingSentence.ShouldBe("A person has to do “Swap the disk” on web-1.");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Waits_for_nothing_any_more_when_all_have_answered()
    {
        var simulation = Waiting(targets: 2);
        foreach (var step in (int[])[1, 2])
        {
            foreach (var target in (string[])["web-1", "web-2"]) Answer(simulation.Run, target, step, ManualAnswer.Done);
            simulation.Run.WaitingSentence.ShouldBeNull();
            simulation.Work();
        }

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Halts_at_once_when_somebody_answers_that_it_cannot_be_done()
    {
        var simulation = Waiting(targets: 2);
        Answer(simulation.Run, "web-1", 1, ManualAnswer.Problem);

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.ManualStepRejected);
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void Rests_while_the_run_is_halted_and_asks_again_when_it_goes_on()
    {
        var simulation = Waiting(targets: 2);
        var run = simulation.Run;
        run.Stop("The wrong rack", Given.Dora, simulation.Now).Error.ShouldBeNull();

        run.TasksSentence.ShouldBeNull();
        TryToAnswer(run, "web-1", 1, ManualAnswer.Done).Error.ShouldBe(RunErrors.TasksRest);
        run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();
        run.WaitingSentence.ShouldBe("A person has to do “Swap the disk” on web-1 and web-2.");
        Answer(run, "web-1", 1, ManualAnswer.Done);
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void Asks_for_nothing_of_the_way_forward_while_it_is_rolled_back()
    {
        var simulation = Waiting(targets: 1);
        var run = simulation.Run;
        run.Stop("The wrong rack", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        run.TargetRuns.Count(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson).ShouldBe(1);
        foreach (var step in (int[])[1, 2])
        {
            Answer(run, "web-1", step, ManualAnswer.Done);
            simulation.Work();
        }

        run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Observations.ShouldAllBe(seen => seen.VersionId == Given.Old.VersionId);
        simulation.ShouldFoldToItsState();
    }

    private static Simulation Waiting(int targets)
    {
        var known = Given.Targets(targets);
        var simulation = new Simulation(
            Given.Run(known, Given.Model("100%", "0", Steps)), known, (_, step) => step.Settings is ManualWork ? new StepOutcome.NeedsPerson() : StepOutcome.Succeeded.Plain,
            model: Given.Model("100%", "0", Steps));
        return simulation.Work();
    }

    private static void Answer(Run run, string target, int step, ManualAnswer answer) => TryToAnswer(run, target, step, answer).Error.ShouldBeNull();

    private static Domain.Result TryToAnswer(Run run, string target, int step, ManualAnswer answer)
    {
        var asked = run.TargetRuns.Single(targetRun => targetRun.Subject == target && targetRun.Status is TargetRunStatus.WaitingForPerson);
        return run.Answer(asked.Id, step, answer, "What I saw", [], Given.Paul, Given.Now);
    }
}
