using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs.Stages;

/// <summary>A phase whose work is done: it soaks, its checks look, and somebody or nobody has to let the next one begin.</summary>
internal static class Observation
{
    public static IReadOnlyList<NextMove> Soaking(Run run, Stage stage, PhaseRun phase, List<TargetRun> targetRuns, DateTimeOffset now)
    {
        var watches = targetRuns.Where(targetRun => targetRun.Part is PhasePart.Watch).ToList();
        var pending = watches.Where(watch => watch.Status is TargetRunStatus.Pending).ToList();
        if (pending.Count > 0) return [new NextMove.Release(pending)];

        var isLooking = watches.Exists(watch => watch.Status is TargetRunStatus.Ready or TargetRunStatus.InProgress);
        return isLooking || now < phase.SoaksUntil
            ? Phases.Waiting(run, WaitingReason.Soak, $"{phase.Name} is observed{(phase.Soak > TimeSpan.Zero ? $" until {phase.SoaksUntil:HH:mm:ss} UTC" : "")} before anything else begins.")
            : Promote(run, stage, phase, targetRuns);
    }

    public static IReadOnlyList<NextMove> AwaitingPromotion(Run run, Stage stage, PhaseRun phase, List<TargetRun> targetRuns) =>
        phase.PromotedBy is null ? Phases.Waiting(run, WaitingReason.Promotion, Question(run, phase, targetRuns)) : Pass(run, stage, phase);

    /// <summary>Passes the phase, or asks a person where the model wants one or a check could not tell. Nothing is promoted on missing data.</summary>
    public static IReadOnlyList<NextMove> Promote(Run run, Stage stage, PhaseRun phase, List<TargetRun> targetRuns)
    {
        var asks = phase.Promotion is Promotion.Manual && IsFollowed(run, stage, phase);
        if (phase.PromotedBy is null && (asks || targetRuns.Exists(IsUnclear))) return [new NextMove.AskPromotion(stage, phase, Question(run, phase, targetRuns))];

        return Pass(run, stage, phase);
    }

    /// <summary>Nothing but an open question that blocks holds it any more; the way back waits for no answer.</summary>
    public static IReadOnlyList<NextMove> Pass(Run run, Stage stage, PhaseRun phase) =>
        !run.IsRollingBack && run.BlockingQuestions().Count > 0
            ? Phases.Waiting(run, WaitingReason.Promotion, $"{phase.Name} is done. {Held(run)}")
            : Phases.InMotion(run, new NextMove.PassPhase(stage, phase));

    private static string Held(Run run) => $"{run.QuestionsInWords}: nothing goes on until what blocks is answered, or overruled by whoever may promote.";

    private static bool IsFollowed(Run run, Stage stage, PhaseRun phase) => run.Of(stage).Phases.Any(later => later.Number > phase.Number && !later.IsRollback);

    private static string Question(Run run, PhaseRun phase, List<TargetRun> targetRuns) =>
        $"{Question(phase, targetRuns)}{(run.BlockingQuestions().Count > 0 ? $" {Held(run)}" : run.QuestionsInWords is { } open ? $" {open}." : "")}";

    private static string Question(PhaseRun phase, List<TargetRun> targetRuns) => targetRuns.Find(IsUnclear) is { } unclear
        ? $"“{unclear.FailedStep!.Name}” could not tell whether {phase.Name} is well: {unclear.FailedStep.Trouble()} A person promotes it with a reason, or extends the soak."
        : $"A person has to promote {phase.Name} before the next phase begins.";

    private static bool IsUnclear(TargetRun targetRun) => targetRun is { Part: PhasePart.Watch, IsInconclusive: true };
}
