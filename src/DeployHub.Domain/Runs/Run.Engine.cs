using DeployHub.Domain.Access;

namespace DeployHub.Domain.Runs;

/// <summary>What the driver makes of the next moves.</summary>
public sealed partial class Run
{
    /// <summary>Makes every move that state and time call for, until none is left but those that need the world.</summary>
    /// <returns>True when the locks have to be obtained before anything else can move.</returns>
    public bool Advance(DateTimeOffset at)
    {
        NoticeLostWorkers(at);
        while (NextMoves.For(this, at) is { Count: > 0 } moves)
        {
            if (moves is [NextMove.ObtainLocks]) return true;
            foreach (var move in moves) Make(move, at);
        }

        DueAt = NextDue(at);
        return false;
    }

    /// <summary>The locks are ours from now on; this is what the targets had before we touch them.</summary>
    public void ObtainedLocks(IReadOnlyList<Baseline> baselines, DateTimeOffset at)
    {
        if (Status is RunStatus.Waiting) Must(Move(RunTrigger.Resume, "The lock is free.", Actor.System, at));
        Baselines = baselines;
        Append("lock", "Held", $"Lock obtained, baseline of {Words.Count(baselines.Select(baseline => baseline.TargetId).Distinct().Count(), "target")} taken.", Actor.System, at);
    }

    /// <summary>Somebody else has a lock; they are named and the run waits for them.</summary>
    public void WaitForLock(string holder, DateTimeOffset at)
    {
        if (Status is RunStatus.Running) Must(Move(RunTrigger.Wait, $"Waiting for the lock that {holder} holds.", Actor.System, at));
        (WaitingFor, WaitingSentence) = (WaitingReason.Lock, $"{holder} is executing in this environment; this run goes on when it has ended.");
        DueAt = at + LockPatience;
    }

    /// <summary>A ring comes when the lock is released; this is for the ring that got lost.</summary>
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(15);

    private void Make(NextMove move, DateTimeOffset at)
    {
        switch (move)
        {
            case NextMove.TakeUp:
                StartedAt = at;
                Must(Move(RunTrigger.TakeLease, "A worker took the run.", Actor.System, at));
                break;
            case NextMove.BeginStage(var stage):
                Move(Of(stage), StageTrigger.Begin, at);
                break;
            case NextMove.BeginPhase(var stage, var phase):
                Move(stage, phase, PhaseTrigger.Begin, at);
                break;
            case NextMove.Release(var targetRuns):
                foreach (var targetRun in targetRuns) Move(targetRun, TargetRunTrigger.Release, Actor.System, at);
                break;
            case NextMove.PassPhase(var stage, var phase):
                Move(stage, phase, PhaseTrigger.Pass, at);
                foreach (var failed in In(stage, phase.Number).Where(targetRun => targetRun.Status is TargetRunStatus.Failed)) DeferLater(failed, Actor.System, at);
                break;
            case NextMove.PassStage(var stage):
                Move(Of(stage), StageTrigger.Pass, at);
                break;
            case NextMove.Wait(var reason, var sentence):
                if (Status is RunStatus.Running) Must(Move(RunTrigger.Wait, sentence, Actor.System, at));
                (WaitingFor, WaitingSentence) = (reason, sentence);
                break;
            case NextMove.Resume:
                Must(Move(RunTrigger.Resume, "", Actor.System, at));
                break;
            case NextMove.HaltRun halt:
                Must(StopBecause(halt.Cause, halt.Sentence, halt.Stage, halt.Phase, halt.Step, halt.Subjects, Actor.System, at));
                break;
            case NextMove.Succeed:
                Must(Move(RunTrigger.Succeed, "All four stages passed.", Actor.System, at));
                break;
            case NextMove.CompleteRollback:
                CompleteRollback(at);
                break;
            default:
                throw new InvalidOperationException($"Nobody makes {move}.");
        }
    }

    private void CompleteRollback(DateTimeOffset at)
    {
        foreach (var phase in Of(Stage.Execute).Phases.Where(phase => !phase.IsRollback))
            if (phase.Status is PhaseStatus.Passed or PhaseStatus.Failed) Move(Stage.Execute, phase, PhaseTrigger.RollBack, at);
        Must(Move(RunTrigger.CompleteRollback, "Every touched target is verified at its baseline.", Actor.System, at));
        NeverStartTheRest(at);
    }

    private void NeverStartTheRest(DateTimeOffset at)
    {
        foreach (var targetRun in TargetRuns.Where(targetRun => RunMoves.TargetRun.Allows(targetRun.Status, TargetRunTrigger.NeverStart)))
            Move(targetRun, TargetRunTrigger.NeverStart, Actor.System, at);
        foreach (var stage in Stages)
            foreach (var phase in stage.Phases.Where(phase => phase.Status is PhaseStatus.Pending))
                Move(stage.Stage, phase, PhaseTrigger.NeverStart, at);
    }

    /// <summary>The earliest instant at which looking again could change something.</summary>
    private DateTimeOffset? NextDue(DateTimeOffset at)
    {
        if (IsOver) return null;

        DateTimeOffset? due = null;
        foreach (var targetRun in _targetRuns)
        {
            var next = targetRun.Status switch
            {
                TargetRunStatus.Ready when OpenHalt is null => targetRun.DueAt ?? at,
                TargetRunStatus.InProgress => targetRun.LeaseUntil ?? targetRun.DueAt,
                _ => null,
            };
            if (next is not null && (due is null || next < due)) due = next;
        }

        return due;
    }
}
