using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs.Stages;

namespace DeployHub.Domain.Runs;

/// <summary>What a run cannot know by itself and needs before anything else can move.</summary>
public enum Need
{
    Nothing,

    /// <summary>Whether the locks are free: answered by <see cref="Run.ObtainedLocks"/> or <see cref="Run.WaitForLock"/>.</summary>
    Locks,

    /// <summary>Whether the next phase may begin: answered by <see cref="Run.CheckedGates"/>.</summary>
    Gates,

    /// <summary>What leads back: answered by <see cref="Run.RollBack"/> or <see cref="Run.CannotRollBackItself"/>.</summary>
    Rollback,
}

/// <summary>What the driver makes of the next moves.</summary>
public sealed partial class Run
{
    private IReadOnlyCollection<TargetId> _drifted = []; // only until the locks are obtained

    /// <summary>Makes every move that state and time call for, until none is left but those that need the world.</summary>
    public Need Advance(IConditions conditions, DateTimeOffset at)
    {
        NoticeLostWorkers(at);
        NoticeAbsences(at);
        NoticeOverduePeople(at);
        RemindReaders(at);
        do
        {
            while (NextMoves.For(this, at) is { Count: > 0 } moves)
            {
                if (moves is [NextMove.ObtainLocks]) return Need.Locks;
                if (moves is [NextMove.CheckGates]) return Need.Gates;
                if (moves is [NextMove.PlanRollback]) return Need.Rollback;
                foreach (var move in moves) Make(move, at);
            }
        }
        while (PrepareSteps(conditions, at));

        NoteOwed();
        DueAt = NextDue(at);
        return Need.Nothing;
    }

    /// <summary>On these targets another version was seen than was deployed, so nothing there counts as being there already: told before <see cref="ObtainedLocks"/>.</summary>
    public void FoundDrift(IReadOnlyCollection<TargetId> targets) => _drifted = targets;

    /// <summary>The locks are ours from now on; this is what the targets had before we touch them.</summary>
    public void ObtainedLocks(IReadOnlyList<Baseline> baselines, DateTimeOffset at)
    {
        if (Status is RunStatus.Waiting) Must(Move(RunTrigger.Resume, "The lock is free.", Actor.System, at));
        Baselines = baselines;
        Append("lock", "Held", $"Lock obtained, baseline of {Words.Count(baselines.Select(baseline => baseline.TargetId).Distinct().Count(), "target")} taken.", Actor.System, at);
        if (Of(Stage.Execute).AlreadyThere is AlreadyThere.LeaveUnchanged) LeaveUnchanged(at);
    }

    /// <summary>Nothing is done where every version is already; known only now, because until the lock was ours others could change it.</summary>
    private void LeaveUnchanged(DateTimeOffset at)
    {
        var had = Baselines!.ToLookup(baseline => (baseline.TargetId, baseline.ComponentId), baseline => baseline.Version?.VersionId);
        foreach (var targetRun in TargetRuns.Where(targetRun => targetRun is { Stage: Stage.Execute, Part: PhasePart.Work, Status: TargetRunStatus.Pending, TargetId: not null }))
            if (!_drifted.Contains(targetRun.TargetId!.Value) && Versions.All(version => had[(targetRun.TargetId!.Value, version.ComponentId)].Contains(version.VersionId)))
                Move(targetRun, TargetRunTrigger.LeaveAsIs, Actor.System, at, $"{targetRun.Subject} has {Words.List(Versions.Select(version => version.InWords))} already.");
    }

    /// <summary>
    /// The owner accepted what was found on a target: a rollback returns to that (domain J9). Nothing changes for a target that the run has
    /// touched already, where what was there before stays the baseline.
    /// </summary>
    /// <returns>Whether it is the run's baseline now.</returns>
    public bool AcceptBaseline(Baseline found, Actor by, DateTimeOffset at)
    {
        if (IsOver || Baselines?.FirstOrDefault(known => known.TargetId == found.TargetId && known.ComponentId == found.ComponentId) is not { } before) return false;
        if (before == found || TargetRuns.Any(targetRun => targetRun.TargetId == found.TargetId && targetRun.IsTouched)) return false;

        Baselines = [.. Baselines.Select(known => known == before ? found : known)];
        Append("baseline", "Accepted", $"{by.Name} accepted {found.Version?.Component ?? "what is absent"} {found.Version?.Label} on {TargetRuns.First(targetRun => targetRun.TargetId == found.TargetId).Subject} as baseline: a rollback returns to it.", by, at);
        return true;
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
            case NextMove.DeferRest(var targetRuns):
                foreach (var targetRun in targetRuns)
                {
                    Move(targetRun, TargetRunTrigger.Defer, Actor.System, at, $"{targetRun.Subject}: enough others have fetched");
                    DeferLater(targetRun, Actor.System, at);
                }

                break;
            case NextMove.Soak(var stage, var phase):
                phase.SoaksUntil ??= at + phase.Soak;
                Move(stage, phase, PhaseTrigger.Soak, at);
                break;
            case NextMove.AskPromotion(var stage, var phase, _):
                phase.AskedAt = at;
                Move(stage, phase, PhaseTrigger.AskPromotion, at);
                break;
            case NextMove.PassPhase(var stage, var phase):
                Move(stage, phase, PhaseTrigger.Pass, at);
                foreach (var failed in In(stage, phase.Number).Where(targetRun => targetRun.Status is TargetRunStatus.Failed)) DeferLater(failed, Actor.System, at);
                foreach (var idle in In(stage, phase.Number).Where(targetRun => targetRun.Status is TargetRunStatus.Pending)) Move(idle, TargetRunTrigger.NeverStart, Actor.System, at);
                break;
            case NextMove.PassStage(var stage):
                Move(Of(stage), Of(stage).IsWaived ? StageTrigger.PassWithWaiver : StageTrigger.Pass, at);
                break;
            case NextMove.Wait(var reason, var sentence):
                if (Status is RunStatus.Running) Must(Move(RunTrigger.Wait, sentence, Actor.System, at));
                (WaitingFor, WaitingSentence) = (reason, sentence);
                break;
            case NextMove.Resume:
                Must(Move(RunTrigger.Resume, "", Actor.System, at));
                break;
            case NextMove.HaltRun halt:
                Must(StopBecause(halt.Cause, halt.Sentence, halt.Stage, halt.Phase, halt.Step, halt.Subjects, Actor.System, at, halt.RollsBack));
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
        foreach (var phase in Of(Stage.Execute).Phases.Where(phase => !phase.IsRollback && phase.Status is not PhaseStatus.Pending))
            if (RunMoves.Phase.Allows(phase.Status, PhaseTrigger.RollBack)) Move(Stage.Execute, phase, PhaseTrigger.RollBack, at);
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

    /// <summary>When time alone ends what a phase waits for; null when it waits for nothing that time brings.</summary>
    private DateTimeOffset? ObservedUntil(DateTimeOffset at)
    {
        var phase = Stages.SelectMany(stage => stage.Phases).FirstOrDefault(phase => phase.IsUnderObservation);
        var until = phase?.Status is PhaseStatus.Soaking ? phase.SoaksUntil : phase?.AskedAt + Breaches.InconclusivePatience;
        return until > at ? until : null;
    }

    private static DateTimeOffset? Earliest(params IEnumerable<DateTimeOffset?> instants) => instants.Min();

    /// <summary>The earliest instant at which looking again could change something.</summary>
    private DateTimeOffset? NextDue(DateTimeOffset at)
    {
        if (IsOver) return null;

        var due = OpenHalt is null ? ObservedUntil(at) : null;
        if (OpenHalt is null && !IsRollingBack && Of(Stage.Execute).Phases.FirstOrDefault(phase => phase.Status is not (PhaseStatus.Pending or PhaseStatus.Passed))?.HaltsAt is { } slotEnd && (due is null || slotEnd < due)) due = slotEnd;
        foreach (var targetRun in _targetRuns)
        {
            var next = targetRun.Status switch
            {
                TargetRunStatus.Ready when OpenHalt is null => at,
                TargetRunStatus.InProgress when OpenHalt is null || targetRun.IsUnderWay => targetRun.LeaseUntil ?? (targetRun.DueAt < at ? at : targetRun.DueAt),
                TargetRunStatus.WaitingForPerson when OpenHalt is null => Earliest(targetRun.DueAt, NextReminder(targetRun), NextReturn(targetRun)),
                _ => null,
            };
            if (next is not null && (due is null || next < due)) due = next;
        }

        return due;
    }
}
