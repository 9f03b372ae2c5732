namespace DeployHub.Domain.Runs.Stages;

/// <summary>
/// What all stages share: phases in order. In each the targets come first, then the switch of the traffic, then the soak with its checks, then
/// whoever has to promote it; it passes when all of that is over within its failure budget.
/// </summary>
internal static class Phases
{
    public static IReadOnlyList<NextMove> MovesFor(Run run, StageRun stage, IReadOnlyList<PhaseRun> phases, DateTimeOffset now)
    {
        var current = phases.FirstOrDefault(phase => phase.Status is not PhaseStatus.Passed);
        if (current is null) return InMotion(run, new NextMove.PassStage(stage.Stage));
        if (current.Status is PhaseStatus.Pending) return InMotion(run, new NextMove.BeginPhase(stage.Stage, current));

        return Within(run, stage.Stage, current, now);
    }

    /// <summary>A phase that has begun.</summary>
    public static IReadOnlyList<NextMove> Within(Run run, Stage stage, PhaseRun phase, DateTimeOffset now)
    {
        var targetRuns = run.In(stage, phase.Number).ToList();
        if (Breaches.In(run, stage, phase, targetRuns, now) is { } halt) return [halt];
        if (phase.HaltsAt <= now && !run.IsRollingBack)
            return [new NextMove.HaltRun(HaltCause.WindowOverrun, $"Its time was over at {phase.HaltsAt:yyyy-MM-dd HH:mm} UTC, inside {phase.Name}. What is under way is let finish.", stage, phase.Number, null, [])];

        return phase.Status switch
        {
            PhaseStatus.Soaking => Observation.Soaking(run, stage, phase, targetRuns, now),
            PhaseStatus.AwaitingPromotion => Observation.AwaitingPromotion(run, stage, phase, targetRuns),
            _ => Working(run, stage, phase, targetRuns),
        };
    }

    /// <summary>Lets time or people do what only they can do; a run that is moving has nothing to say about it.</summary>
    public static IReadOnlyList<NextMove> Waiting(Run run, WaitingReason reason, string sentence)
    {
        if (run.IsRollingBack) return []; // its table knows no waiting; the tasks show themselves
        return run.Status is RunStatus.Waiting && run.WaitingSentence == sentence ? [] : [new NextMove.Wait(reason, sentence)];
    }

    /// <summary>A waiting run first moves again.</summary>
    public static IReadOnlyList<NextMove> InMotion(Run run, NextMove move) => run.Status is RunStatus.Waiting ? [new NextMove.Resume()] : [move];

    private static IReadOnlyList<NextMove> Working(Run run, Stage stage, PhaseRun phase, List<TargetRun> targetRuns)
    {
        foreach (var part in (PhasePart[])[PhasePart.Work, PhasePart.Switch])
        {
            var mine = targetRuns.Where(targetRun => targetRun.Part == part).ToList();
            var pending = mine.Where(targetRun => targetRun.Status is TargetRunStatus.Pending).ToList();
            if (pending.Count > 0) return [new NextMove.Release(pending)];
            if (phase.Quota is { } quota && mine.Exists(targetRun => targetRun.IsAvailable) && mine.Count(targetRun => targetRun.IsWell) >= quota)
                return InMotion(run, new NextMove.DeferRest([.. mine.Where(targetRun => targetRun.IsAvailable)]));
            if (mine.Exists(targetRun => targetRun is { Status: TargetRunStatus.Ready or TargetRunStatus.InProgress, AwaitsReport: false })) return run.Status is RunStatus.Waiting ? [new NextMove.Resume()] : [];
            if (mine.Exists(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson))
                return Waiting(run, mine.TrueForAll(targetRun => targetRun.Status is not TargetRunStatus.WaitingForPerson || targetRun.AwaitsReaders) ? WaitingReason.Acknowledgement : WaitingReason.ManualStep, run.TasksSentence!);
            if (mine.Exists(targetRun => targetRun.AwaitsReport)) return Waiting(run, WaitingReason.ExternalReport, run.ReportsSentence!);
        }

        if (IsIdle(targetRuns)) return Observation.Pass(run, stage, phase);

        var isObserved = phase.Soak > TimeSpan.Zero || targetRuns.Exists(targetRun => targetRun is { Part: PhasePart.Watch, Status: not TargetRunStatus.Succeeded });
        return isObserved ? InMotion(run, new NextMove.Soak(stage, phase)) : Observation.Promote(run, stage, phase, targetRuns);
    }

    /// <summary>All its targets were left as they are: there is nothing to observe and nothing to promote.</summary>
    private static bool IsIdle(List<TargetRun> targetRuns) =>
        targetRuns.Exists(targetRun => targetRun.Status is TargetRunStatus.Unchanged)
        && targetRuns.TrueForAll(targetRun => targetRun.Status is TargetRunStatus.Unchanged || targetRun is { Part: PhasePart.Watch, Status: TargetRunStatus.Pending });
}
