namespace DeployHub.Domain.Runs.Stages;

/// <summary>The targets are changed, phase by phase (domain B4).</summary>
internal static class Execute
{
    public static IReadOnlyList<NextMove> MovesFor(Run run, StageRun stage, DateTimeOffset now) =>
        stage.Status is StageStatus.Pending
            ? [new NextMove.BeginStage(stage.Stage)]
            : Phases.MovesFor(run, stage, [.. stage.Phases.Where(phase => !phase.IsRollback)], now);
}
