using DeployHub.Domain.Access;

namespace DeployHub.Domain.Runs;

/// <summary>By when people have to have done what a step asks of them: its timeout, counted from when it was asked.</summary>
public sealed partial class Run
{
    private void NoticeOverduePeople(DateTimeOffset at)
    {
        if (OpenHalt is not null) return;

        foreach (var targetRun in TargetRuns.Where(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson && targetRun.DueAt <= at))
            if (targetRun.AwaitsReaders) EndUnread(targetRun, targetRun.CurrentStep!, at);
            else EndUndone(targetRun, targetRun.CurrentStep!, at);
    }

    private void EndUndone(TargetRun targetRun, StepRun step, DateTimeOffset at)
    {
        var reason = $"{(step.ToBeConfirmed is { } report ? $"Nobody confirmed what {report.By.Name} did" : "Nobody answered")} by {targetRun.DueAt:yyyy-MM-dd HH:mm} UTC.";
        EndWaiting(targetRun, step, attempt => attempt with { EndedAt = at, Outcome = new StepOutcome.Failed(reason, HaltCause.ManualStepOverdue) }, $"{targetRun.Subject}: “{step.Name}”: {reason}", Actor.System, at);
    }

    /// <summary>Nobody can answer while a run is halted, so that time counts for nobody.</summary>
    private void ExtendDeadlines(Halt halt, DateTimeOffset at)
    {
        foreach (var targetRun in _targetRuns.Where(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson)) targetRun.DueAt += at - halt.At;
    }
}
