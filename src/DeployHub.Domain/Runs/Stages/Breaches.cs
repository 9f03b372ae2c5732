namespace DeployHub.Domain.Runs.Stages;

/// <summary>What stops a phase: more failures than it or the stage allows, a failed switch or check, a No of somebody who was asked to accept it, a question that nobody answered.</summary>
internal static class Breaches
{
    /// <summary>How long a check that could not tell waits for a person before it counts as failed (domain Appendix C).</summary>
    public static readonly TimeSpan InconclusivePatience = TimeSpan.FromHours(4);

    /// <summary>Null while nothing does.</summary>
    public static NextMove.HaltRun? In(Run run, Stage stage, PhaseRun phase, List<TargetRun> targetRuns, DateTimeOffset now)
    {
        if (stage is Stage.VerifyComponents or Stage.VerifyEnvironment && targetRuns.Exists(IsStillLookedAt)) return null;

        var failed = targetRuns.Where(targetRun => targetRun.Status is TargetRunStatus.Failed).ToLookup(targetRun => targetRun.Part);
        List<TargetRun> breached = [.. failed[PhasePart.Switch], .. failed[PhasePart.Watch].Where(watch => !watch.IsInconclusive)];
        if (breached.Count > 0) return Halting(run, stage, phase, breached);

        List<TargetRun> work = [.. failed[PhasePart.Work]];
        if (work.FindAll(targetRun => targetRun.FailedSteps.Any(step => step.WasRejected)) is { Count: > 0 } rejected) return Halting(run, stage, phase, rejected);
        if (work.Count > phase.FailureBudget) return phase is { FailureBudget: 0, Quota: null } ? Halting(run, stage, phase, work) : Exceeded(run, stage, phase, work, $"{phase.FailureBudget} may fail in {phase.Name}");
        if (run.Of(stage).MaxFailedTargets is { } most && work.Count > 0 && !phase.IsRollback && FailedIn(run, stage) is var all && all > most)
            return Exceeded(run, stage, phase, work, $"{all} of all targets failed and {most} may");

        List<TargetRun> unclear = [.. failed[PhasePart.Watch]];
        return unclear.Count > 0 && phase is { PromotedBy: null, AskedAt: { } asked } && now - asked >= InconclusivePatience
            ? Halting(run, stage, phase, unclear) with { Cause = HaltCause.AnalysisInconclusive }
            : null;
    }

    /// <summary>Before anything is touched every finding is wanted at once, not the first one alone (domain B2, B3).</summary>
    private static bool IsStillLookedAt(TargetRun targetRun) => targetRun.Status is TargetRunStatus.Pending or TargetRunStatus.Ready or TargetRunStatus.InProgress;

    private static int FailedIn(Run run, Stage stage) =>
        run.TargetRuns.Count(targetRun => targetRun.Stage == stage && targetRun is { Part: PhasePart.Work, Status: TargetRunStatus.Failed } && !run.Of(stage).Phases[targetRun.Phase - 1].IsRollback);

    private static NextMove.HaltRun Exceeded(Run run, Stage stage, PhaseRun phase, List<TargetRun> failed, string limit)
    {
        var halt = Halting(run, stage, phase, failed);
        return run.IsRollingBack ? halt : halt with { Cause = HaltCause.FailureThresholdExceeded, Sentence = $"Too many failures ({limit}): {halt.Sentence}" };
    }

    private static NextMove.HaltRun Halting(Run run, Stage stage, PhaseRun phase, List<TargetRun> failed)
    {
        var first = failed.OrderByDescending(targetRun => targetRun.FailedSteps.Any(step => step.FoundForgery)).ThenBy(targetRun => targetRun.EndedAt).First();
        var (step, besides) = (first.FailedSteps.FirstOrDefault(step => step.FoundForgery) ?? first.FailedSteps.FirstOrDefault(step => step.WasRejected) ?? first.FailedStep!, first.FailedSteps.Count() - 1);
        var cause = run.IsRollingBack ? HaltCause.RollbackStepFailed : CauseOf(stage, first.Part, step);
        var others = failed.Count == 1 ? "" : $" and {Words.Count(failed.Count - 1, "other")}";
        var sentence = first.Part is PhasePart.Watch
            ? $"“{step.Name}”{others} failed while {phase.Name} was observed: {step.Trouble()}"
            : $"“{step.Name}”{(besides == 0 ? "" : $" and {Words.Count(besides, "other step")}")} failed on {first.Subject}{others}: {step.Trouble()}";

        return new NextMove.HaltRun(
            cause, sentence, stage, phase.Number, step.Name, [.. failed.Select(targetRun => targetRun.Subject).Distinct()],
            RollsBack: first.Part is PhasePart.Watch && phase.OnBreach is Models.OnBreach.RollBack && !first.IsInconclusive);
    }

    private static HaltCause CauseOf(Stage stage, PhasePart part, StepRun step) => step.LastAttempt switch
    {
        { WasLost: true } => HaltCause.WorkerLost,
        { Outcome: StepOutcome.Failed { Cause: HaltCause.HealthCheckFailed or HaltCause.VersionMismatchAfter } } when stage is Stage.Execute && part is not PhasePart.Watch => HaltCause.StepFailed,
        { Outcome: StepOutcome.Failed { Cause: { } cause } } => cause,
        { Outcome: StepOutcome.TimedOut } => HaltCause.StepTimedOut,
        { Outcome: StepOutcome.Inconclusive } when part is PhasePart.Watch => HaltCause.AnalysisInconclusive,
        _ => stage switch
        {
            Stage.VerifyComponents => HaltCause.ComponentMissing,
            Stage.VerifyEnvironment => HaltCause.PrerequisiteMissing,
            Stage.Execute => part is PhasePart.Watch ? HaltCause.MetricBreach : HaltCause.StepFailed,
            _ => HaltCause.HealthCheckFailed,
        },
    };
}
