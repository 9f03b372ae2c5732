using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

internal static class FoldingEvents
{
    /// <summary>Events are numbered without gaps, and folding them gives the state.</summary>
    public static void ShouldFoldTo(this IReadOnlyList<RunEvent> events, Run run)
    {
        events.Select(happened => happened.Number).ShouldBe(Enumerable.Range(1, events.Count));
        var folded = RunEvent.Fold(events);
        folded["run"].ShouldBe(run.Status.ToString());
        foreach (var stage in run.Stages)
        {
            folded.GetValueOrDefault($"stage:{stage.Stage}", "Pending").ShouldBe(stage.Status.ToString());
            foreach (var phase in stage.Phases) folded.GetValueOrDefault($"phase:{stage.Stage}/{phase.Number}", "Pending").ShouldBe(phase.Status.ToString());
        }

        foreach (var targetRun in run.TargetRuns)
        {
            folded.GetValueOrDefault($"target:{targetRun.Id.Value}", "Pending").ShouldBe(targetRun.Status.ToString());
            foreach (var step in targetRun.Steps) folded.GetValueOrDefault($"step:{targetRun.Id.Value}/{step.Number}", "Pending").ShouldBe(step.Status.ToString());
        }
    }
}
