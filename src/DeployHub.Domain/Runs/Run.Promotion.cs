using DeployHub.Domain.Access;

namespace DeployHub.Domain.Runs;

/// <summary>What people do to a phase under observation, and who has the run in hand.</summary>
public sealed partial class Run
{
    /// <summary>The phase that is observed or waits to be promoted; null when none is.</summary>
    public PhaseRun? ObservedPhase => Of(Stage.Execute).Phases.FirstOrDefault(phase => phase.IsUnderObservation);

    /// <summary>The checks of the observed phase that could not tell.</summary>
    public IReadOnlyList<TargetRun> UnclearWatches() => ObservedPhase is { } phase
        ? [.. In(Stage.Execute, phase.Number).Where(targetRun => targetRun is { Part: PhasePart.Watch, IsInconclusive: true })] : [];

    /// <summary>Lets the next phase begin. Refused while it soaks, while a blocking question is open (domain J12), and without a reason where a check could not tell (domain J3).</summary>
    /// <param name="phase">The number of the phase that the person saw: another one may be waiting by now.</param>
    public Result Promote(int phase, string? reason, Actor by, DateTimeOffset at)
    {
        if (OpenHalt is not null) return RunErrors.PromotionRests;
        if (ObservedPhase is not { Status: PhaseStatus.AwaitingPromotion } waiting || waiting.Number != phase) return RunErrors.NothingToPromote(phase);
        if (BlockingQuestions() is { Count: > 0 } open) return RunErrors.QuestionsBlock(open);
        if (UnclearWatches().Count > 0 && string.IsNullOrWhiteSpace(reason)) return RunErrors.PromotionUnexplained;

        if (UnclearWatches().Count > 0) Of(Stage.Execute).IsWaived = true;
        waiting.PromotedBy = new PhasePromotion(by, at, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        Append($"promotion:{Stage.Execute}/{waiting.Number}", "Promoted", $"{by.Name} promoted {waiting.Name}{(waiting.PromotedBy.Reason is { } why ? $": {why}" : ".")}", by, at);
        DueAt = at;
        return Result.Success;
    }

    /// <summary>Observes the phase for longer; its checks look again for all of that time.</summary>
    /// <param name="by">More time from now, or from the end of the soak when that is later.</param>
    public Result ExtendSoak(int phase, TimeSpan by, string reason, Actor actor, DateTimeOffset at)
    {
        if (OpenHalt is not null) return RunErrors.PromotionRests;
        if (ObservedPhase is not { PromotedBy: null } observed || observed.Number != phase) return RunErrors.NothingToPromote(phase);
        if (by <= TimeSpan.Zero) return RunErrors.ExtensionTooShort;

        observed.SoaksUntil = (observed.SoaksUntil > at ? observed.SoaksUntil.Value : at) + by;
        observed.AskedAt = null;
        if (observed.Status is PhaseStatus.AwaitingPromotion) Move(Stage.Execute, observed, PhaseTrigger.Soak, at);
        Append($"promotion:{Stage.Execute}/{observed.Number}", "Extended", $"{actor.Name} lets {observed.Name} soak until {observed.SoaksUntil:HH:mm:ss} UTC: {reason}", actor, at);
        foreach (var watch in In(Stage.Execute, phase).Where(targetRun => targetRun.Part is PhasePart.Watch)) WatchOn(watch, actor, at);
        DueAt = at;
        return Result.Success;
    }

    /// <summary>Another practitioner has the run in hand from now on (domain J11).</summary>
    public Result TakeOver(Actor by, DateTimeOffset at)
    {
        if (IsOver) return RunErrors.RunIsOver;
        if (Operator.Is(by)) return RunErrors.AlreadyOperator;

        Append(RunEvent.OfOperator, "TakenOver", $"{by.Name} took over from {Operator.Name}.", by, at);
        Operator = by;
        return Result.Success;
    }

    private void WatchOn(TargetRun watch, Actor by, DateTimeOffset at)
    {
        if (watch.Status is not (TargetRunStatus.Succeeded or TargetRunStatus.Failed)) return;

        foreach (var step in watch.Steps.Where(step => step.Status is not StepStatus.Pending)) Become(watch, step, StepStatus.Pending, by, at);
        Move(watch, watch.Status is TargetRunStatus.Succeeded ? TargetRunTrigger.WatchOn : TargetRunTrigger.Release, by, at);
    }
}
