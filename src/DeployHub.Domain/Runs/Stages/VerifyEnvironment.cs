namespace DeployHub.Domain.Runs.Stages;

/// <summary>The targets are ready: locked first, so that the baseline taken with the lock stays true (domain B3).</summary>
internal static class VerifyEnvironment
{
    public static IReadOnlyList<NextMove> MovesFor(Run run, StageRun stage, DateTimeOffset now)
    {
        if (stage.Status is StageStatus.Pending) return [new NextMove.BeginStage(stage.Stage)];
        if (run.Baselines is null) return [new NextMove.ObtainLocks()];
        return Phases.MovesFor(run, stage, stage.Phases, now);
    }
}
