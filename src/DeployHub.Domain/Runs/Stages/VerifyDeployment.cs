namespace DeployHub.Domain.Runs.Stages;

/// <summary>What was intended is what runs: read back from every target (domain B5).</summary>
internal static class VerifyDeployment
{
    public static IReadOnlyList<NextMove> MovesFor(Run run, StageRun stage, DateTimeOffset now) =>
        stage.Status is StageStatus.Pending ? [new NextMove.BeginStage(stage.Stage)] : Phases.MovesFor(run, stage, stage.Phases, now);
}
