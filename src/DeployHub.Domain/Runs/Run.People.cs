using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>What a person says of a manual step.</summary>
public enum ManualAnswer
{
    Done,
    NotDone,
    Problem,
}

/// <summary>What people do to a run: stop it, answer its manual steps.</summary>
public sealed partial class Run
{
    /// <summary>Halts with <c>StoppedByPerson</c>; what is under way is let finish.</summary>
    public Result Stop(string reason, Actor by, DateTimeOffset at)
    {
        if (IsOver) return RunErrors.RunIsOver;

        var stage = Stages.FirstOrDefault(candidate => !candidate.HasPassed) ?? Stages[^1];
        return StopBecause(HaltCause.StoppedByPerson, $"{by.Name} stopped the run: {reason}", stage.Stage, 0, null, [], by, at);
    }

    /// <param name="note">What the person writes; required where the step asks for evidence, and for any answer but done.</param>
    /// <param name="files">Names with digests of attached evidence.</param>
    public Result Answer(TargetRunId id, int step, ManualAnswer answer, string? note, IReadOnlyList<Evidence> files, Actor by, DateTimeOffset at)
    {
        var targetRun = _targetRuns.SingleOrDefault(candidate => candidate.Id == id);
        if (targetRun is not { Status: TargetRunStatus.WaitingForPerson } || targetRun.CurrentStep is not { Settings: ManualWork work } current || current.Number != step)
            return RunErrors.NoSuchManualStep;
        if (OpenHalt is not null) return RunErrors.TasksRest;
        if (MissingIn(work.Evidence, answer, note, files) is { } missing) return missing;

        IReadOnlyList<Evidence> evidence = [.. string.IsNullOrWhiteSpace(note) ? [] : new[] { new Evidence("Note", note) }, .. files];
        StepOutcome outcome = answer is ManualAnswer.Done
            ? new StepOutcome.Succeeded(evidence)
            : new StepOutcome.Failed($"{by.Name} answered “{Words.Of(answer)}”: {note}", HaltCause.ManualStepRejected) { Evidence = evidence };
        EndWaiting(targetRun, current, outcome, by, at, $"{targetRun.Subject}: {by.Name} answered “{Words.Of(answer)}”");
        DueAt = at;
        SayWhatItWaitsForNow(at);
        return Result.Success;
    }

    /// <summary>What a step that waited for people came to.</summary>
    private void EndWaiting(TargetRun targetRun, StepRun current, StepOutcome outcome, Actor by, DateTimeOffset at, string text)
    {
        current.EndAttempt(attempt => attempt with { EndedAt = at, Outcome = outcome, AnsweredBy = by });
        var became = outcome is StepOutcome.Succeeded ? StepStatus.Succeeded : current.IfItFails is IfItFails.GoOn ? StepStatus.Tolerated : StepStatus.Failed;
        Become(targetRun, current, became, by, at, text);

        PassOverUnneeded(targetRun, at);
        Move(targetRun, targetRun switch { { CurrentStep: not null } => TargetRunTrigger.Answer, { FailedStep: null } => TargetRunTrigger.Succeed, _ => TargetRunTrigger.Fail }, by, at);
        if (targetRun.Status is TargetRunStatus.Succeeded) Observe(targetRun);
    }

    /// <summary>Nobody who asks between the answer and the driver is told to do again what was just answered.</summary>
    private void SayWhatItWaitsForNow(DateTimeOffset at)
    {
        if (NextMoves.For(this, at) is [(NextMove.Wait or NextMove.Resume or NextMove.HaltRun) and var move]) Make(move, at);
    }

    private static Error? MissingIn(EvidenceRule rule, ManualAnswer answer, string? note, IReadOnlyList<Evidence> files) => (answer, rule) switch
    {
        (ManualAnswer.Done, EvidenceRule.File) => files.Count == 0 ? RunErrors.EvidenceFileMissing : null,
        (ManualAnswer.Done, EvidenceRule.Note) => string.IsNullOrWhiteSpace(note) && files.Count == 0 ? RunErrors.EvidenceMissing : null,
        (ManualAnswer.Done, _) => null,
        _ => string.IsNullOrWhiteSpace(note) ? RunErrors.AnswerUnexplained : null,
    };

    private Result StopBecause(HaltCause cause, string sentence, Stage stage, int phase, string? step, IReadOnlyList<string> subjects, Actor by, DateTimeOffset at, bool rollsBack = false)
    {
        var wasRollingBack = IsRollingBack;
        var halted = Move(RunTrigger.Halt, sentence, by, at);
        if (halted.Error is not null) return halted;

        Halts =
        [
            .. Halts,
            new Halt
            {
                Number = Halts.Count + 1,
                Cause = cause,
                Sentence = sentence,
                Stage = stage,
                Phase = phase,
                Step = step,
                Subjects = subjects,
                DetectedBy = by,
                At = at,
                WasRollingBack = wasRollingBack,
                RollsBack = rollsBack,
            },
        ];
        Append($"halt:{Halts.Count}", "Open", $"{Words.Title(cause)}: {sentence}", by, at);
        if (phase > 0) FailPhase(stage, phase, at);
        foreach (var targetRun in TargetRuns.Where(targetRun => targetRun.Status is TargetRunStatus.Ready)) Move(targetRun, TargetRunTrigger.Withdraw, by, at);
        return Result.Success;
    }

    private void FailPhase(Stage stage, int phase, DateTimeOffset at)
    {
        var failing = Of(stage).Phases[phase - 1];
        if (RunMoves.Phase.Allows(failing.Status, PhaseTrigger.Fail)) Move(stage, failing, PhaseTrigger.Fail, at);
        if (Of(stage).Status is StageStatus.Running) Move(Of(stage), StageTrigger.Fail, at);
    }
}
