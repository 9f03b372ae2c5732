namespace DeployHub.Domain.Runs.Stages;

/// <summary>The versions are the right ones: all are looked at, so that every finding is known at once (domain B2).</summary>
internal static class VerifyComponents
{
    public static IReadOnlyList<NextMove> MovesFor(Run run, StageRun stage, DateTimeOffset now) =>
        stage.Status is StageStatus.Pending ? [new NextMove.BeginStage(stage.Stage)] : Phases.MovesFor(run, stage, stage.Phases, now);
}
