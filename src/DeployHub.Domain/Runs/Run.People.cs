using DeployHub.Domain.Access;

namespace DeployHub.Domain.Runs;

/// <summary>What people do to a run: stop it.</summary>
public sealed partial class Run
{
    /// <summary>Halts with <c>StoppedByPerson</c>; what is under way is let finish.</summary>
    public Result Stop(string reason, Actor by, DateTimeOffset at)
    {
        if (IsOver) return RunErrors.RunIsOver;

        var stage = Stages.FirstOrDefault(candidate => !candidate.HasPassed) ?? Stages[^1];
        return StopBecause(HaltCause.StoppedByPerson, $"{by.Name} stopped the run: {reason}", stage.Stage, 0, null, [], by, at);
    }

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
