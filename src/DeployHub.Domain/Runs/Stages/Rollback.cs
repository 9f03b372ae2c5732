namespace DeployHub.Domain.Runs.Stages;

/// <summary>The touched targets return to their baseline, in phases appended to Execute; one failure halts.</summary>
internal static class Rollback
{
    public static IReadOnlyList<NextMove> MovesFor(Run run, DateTimeOffset now)
    {
        var current = run.Of(Stage.Execute).Phases.FirstOrDefault(phase => phase.IsRollback && phase.Status is not PhaseStatus.Passed);
        if (current is null) return [new NextMove.CompleteRollback()];
        if (current.Status is PhaseStatus.Pending) return [new NextMove.BeginPhase(Stage.Execute, current)];

        return Phases.Within(run, Stage.Execute, current, now);
    }
}
