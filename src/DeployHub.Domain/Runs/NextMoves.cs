using DeployHub.Domain.Runs.Stages;

namespace DeployHub.Domain.Runs;

/// <summary>
/// What has to happen next, from state and time alone: the same state gives the same moves, so a lost job can always be worked out
/// again. An empty answer means that workers, people or time have to come first.
/// </summary>
public static class NextMoves
{
    public static IReadOnlyList<NextMove> For(Run run, DateTimeOffset now) => run.Status switch
    {
        RunStatus.Queued => [new NextMove.TakeUp()],
        RunStatus.Running or RunStatus.Waiting => Forward(run, now),
        RunStatus.RollingBack => Rollback.MovesFor(run, now),
        RunStatus.Halted when run.OpenHalt!.RollsBack && !run.IsUnderWay => [new NextMove.PlanRollback()],
        _ => [],
    };

    private static IReadOnlyList<NextMove> Forward(Run run, DateTimeOffset now)
    {
        var current = run.Stages.FirstOrDefault(stage => !stage.HasPassed);
        return current?.Stage switch
        {
            null => [new NextMove.Succeed()],
            Stage.VerifyComponents => VerifyComponents.MovesFor(run, current, now),
            Stage.VerifyEnvironment => VerifyEnvironment.MovesFor(run, current, now),
            Stage.Execute => Execute.MovesFor(run, current, now),
            _ => VerifyDeployment.MovesFor(run, current, now),
        };
    }
}
