namespace DeployHub.Domain.Runs.Stages;

/// <summary>What all stages share: phases in order, each released whole, passed when its target runs are over within the failure budget.</summary>
internal static class Phases
{
    public static IReadOnlyList<NextMove> MovesFor(Run run, StageRun stage, IReadOnlyList<PhaseRun> phases)
    {
        var current = phases.FirstOrDefault(phase => phase.Status is not PhaseStatus.Passed);
        if (current is null) return run.Status is RunStatus.Waiting ? [new NextMove.Resume()] : [new NextMove.PassStage(stage.Stage)];
        if (current.Status is PhaseStatus.Pending) return [new NextMove.BeginPhase(stage.Stage, current)];

        return Within(run, stage.Stage, current);
    }

    /// <summary>A phase under way: halt beyond the budget, release what waits, wait for people, pass when all is over.</summary>
    public static IReadOnlyList<NextMove> Within(Run run, Stage stage, PhaseRun phase)
    {
        var targetRuns = run.In(stage, phase.Number).ToList();
        var failed = targetRuns.Where(targetRun => targetRun.Status is TargetRunStatus.Failed).ToList();
        if (failed.Count > phase.FailureBudget) return [Halting(run, stage, phase, failed)];

        var pending = targetRuns.Where(targetRun => targetRun.Status is TargetRunStatus.Pending).ToList();
        if (pending.Count > 0) return [new NextMove.Release(pending)];

        var isMoving = targetRuns.Any(targetRun => targetRun.Status is TargetRunStatus.Ready or TargetRunStatus.InProgress);
        var isForPeople = targetRuns.Any(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson);
        if (isMoving) return run.Status is RunStatus.Waiting ? [new NextMove.Resume()] : [];
        if (isForPeople) return Waiting(run);

        return run.Status is RunStatus.Waiting ? [new NextMove.Resume()] : [new NextMove.PassPhase(stage, phase)];
    }

    private static IReadOnlyList<NextMove> Waiting(Run run)
    {
        if (run.IsRollingBack) return []; // its table knows no waiting; the tasks show themselves

        var sentence = run.TasksSentence!;
        return run.Status is RunStatus.Waiting && run.WaitingSentence == sentence ? [] : [new NextMove.Wait(WaitingReason.ManualStep, sentence)];
    }

    private static NextMove.HaltRun Halting(Run run, Stage stage, PhaseRun phase, List<TargetRun> failed)
    {
        var first = failed.MinBy(targetRun => targetRun.EndedAt)!;
        var step = first.CurrentStep!;
        var cause = run.IsRollingBack ? HaltCause.RollbackStepFailed : CauseOf(stage, step);
        var others = failed.Count == 1 ? "" : $" and {Words.Count(failed.Count - 1, "other")}";
        var sentence = $"“{step.Name}” failed on {first.Subject}{others}: {step.Trouble()}";

        return new NextMove.HaltRun(cause, sentence, stage, phase.Number, step.Name, [.. failed.Select(targetRun => targetRun.Subject)]);
    }

    private static HaltCause CauseOf(Stage stage, StepRun step) => step.LastAttempt switch
    {
        { WasLost: true } => HaltCause.WorkerLost,
        { Outcome: StepOutcome.Failed { Cause: HaltCause.HealthCheckFailed or HaltCause.VersionMismatchAfter } } when stage is Stage.Execute => HaltCause.StepFailed,
        { Outcome: StepOutcome.Failed { Cause: { } cause } } => cause,
        { Outcome: StepOutcome.TimedOut } => HaltCause.StepTimedOut,
        _ => stage switch
        {
            Stage.VerifyComponents => HaltCause.ComponentMissing,
            Stage.VerifyEnvironment => HaltCause.PrerequisiteMissing,
            Stage.Execute => HaltCause.StepFailed,
            _ => HaltCause.HealthCheckFailed,
        },
    };
}
