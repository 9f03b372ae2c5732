namespace DeployHub.Domain.Runs.Stages;

/// <summary>The targets are changed, phase by phase (domain B4).</summary>
internal static class Execute
{
    public static IReadOnlyList<NextMove> MovesFor(Run run, StageRun stage, DateTimeOffset now)
    {
        if (stage.Status is StageStatus.Pending) return [new NextMove.BeginStage(stage.Stage)];
        if (run.PhaseAtGate is { } phase) return Phases.InMotion(run, new NextMove.CheckGates(phase));
        return Phases.MovesFor(run, stage, [.. stage.Phases.Where(phase => !phase.IsRollback)], now);
    }
}
