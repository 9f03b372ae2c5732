using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Whatever the world answers, no step is lost, repeated or skipped, no run gets stuck, and the events tell the truth.</summary>
public sealed class RandomRuns
{
    [Fact]
    public void Never_lose_repeat_or_skip_a_step()
    {
        for (var seed = 0; seed < 400; seed++) Check(seed);
    }

    private static void Check(int seed)
    {
        var random = new Random(seed);
        var targets = Given.Targets(random.Next(1, 9));
        var simulation = new Simulation(Given.Run(targets, Given.Model(random.Next(1, 5).ToString(System.Globalization.CultureInfo.InvariantCulture), random.Next(0, 3) == 0 ? "1" : "0")), targets, (_, _) => Answer(random));

        for (var decisions = 0; decisions < 200 && !simulation.Work(random.Next(1, 4)).Run.IsOver; decisions++) Decide(simulation, random);

        simulation.Run.IsOver.ShouldBeTrue($"seed {seed} is stuck in {simulation.Run.Status}");
        simulation.ShouldFoldToItsState();
        foreach (var step in simulation.Run.TargetRuns.SelectMany(targetRun => targetRun.Steps)) CheckStep(step, seed);
        if (simulation.Run.Status is RunStatus.Succeeded)
            simulation.Run.TargetRuns.ShouldAllBe(targetRun => targetRun.Status == TargetRunStatus.Succeeded || targetRun.Status == TargetRunStatus.Failed || targetRun.Status == TargetRunStatus.Deferred);
    }

    private static void CheckStep(StepRun step, int seed)
    {
        var successes = step.Attempts.Count(attempt => attempt is { IsProbe: false, Outcome: StepOutcome.Succeeded });
        successes.ShouldBeLessThanOrEqualTo(1, $"seed {seed}: “{step.Name}” succeeded twice");
        if (step.Status is StepStatus.Succeeded) successes.ShouldBe(1);
        if (step.WhenLost is AfterLoss.AskPerson) step.Attempts.Count.ShouldBeLessThanOrEqualTo(1 + step.HumanRetries, $"seed {seed}: “{step.Name}” ran again unasked");
    }

    private static StepOutcome? Answer(Random random) => random.Next(20) switch
    {
        0 => null,
        1 => new StepOutcome.Failed("The world says no."),
        2 => new StepOutcome.StillRunning("ticket", TimeSpan.FromSeconds(random.Next(1, 60))),
        _ => StepOutcome.Succeeded.Plain,
    };

    private static void Decide(Simulation simulation, Random random)
    {
        var run = simulation.Run;
        run.OpenHalt.ShouldNotBeNull("only a halt may keep a run from moving here");
        var decision = Given.Decision(simulation.Now);
        var result = random.Next(5) switch
        {
            0 => run.Abandon(decision),
            1 => simulation.RollBack(decision),
            2 => run.ExcludeTargets([.. run.OpenHalt.Subjects], 100, true, decision),
            3 => run.ContinueManually(decision),
            _ => run.Retry(decision),
        };
        if (result.Error is not null) run.OpenHalt.ShouldNotBeNull();
    }
}
