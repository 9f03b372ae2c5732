using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>What people do by hand for a run, and what they say of it.</summary>
public sealed partial class Run
{
    /// <summary>The target run whose manual step waits for an answer, or why none does.</summary>
    /// <param name="attempt">Which attempt of the step is meant; null means whichever is asked for now.</param>
    public Result<TargetRunId> Asked(Stage stage, string subject, int step, int? attempt = null)
    {
        var alike = TargetRuns.Where(targetRun => targetRun.Stage == stage && targetRun.Subject == subject).ToList();
        var waiting = alike.Find(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson);
        if (waiting?.CurrentStep is { } current && current.Number == step && (attempt is null || attempt == current.Attempts.Count)) return waiting.Id;
        if (IsOver) return RunErrors.RunIsOver;
        if (OpenHalt is not null) return RunErrors.TasksRest;

        return alike.Exists(targetRun => targetRun.Steps.Any(later => later.Number == step && WillBeAsked(later, attempt))) ? RunErrors.ManualStepNotYet : RunErrors.NoSuchManualStep;
    }

    /// <summary>Who operates it, and who did by hand what a slot of the model does. Each by the name of the slot.</summary>
    public IReadOnlyList<Assignment> Doers() =>
    [
        new Assignment(RoleSlot.Operator, Operator),
        .. from step in TargetRuns.SelectMany(targetRun => targetRun.Steps)
           where step.Settings is ManualWork { Slot: not null }
           from attempt in step.Attempts
           where (attempt.AnsweredBy ?? attempt.Report?.By) is not null
           select new Assignment(((ManualWork)step.Settings).Slot!, (attempt.AnsweredBy ?? attempt.Report?.By)!),
    ];

    private static bool WillBeAsked(StepRun step, int? attempt) =>
        step is { Settings: ManualWork, Status: StepStatus.Pending or StepStatus.Running } && (attempt is null || attempt == step.NextAnswer);

    /// <summary>Done with everything the step asks for goes on; a value that differs, not done and problem fail it.</summary>
    public Result Answer(TargetRunId id, int step, AnswerGiven given, Actor by, DateTimeOffset at)
    {
        var targetRun = _targetRuns.SingleOrDefault(candidate => candidate.Id == id);
        if (targetRun is not { Status: TargetRunStatus.WaitingForPerson } || targetRun.CurrentStep is not { Settings: ManualWork work } current || current.Number != step)
            return RunErrors.NoSuchManualStep;
        if (OpenHalt is not null) return RunErrors.TasksRest;
        if (MissingIn(work, given) is { } missing) return missing;

        if (given.Answer is ManualAnswer.Done && current.ToBeConfirmed is not null) return RunErrors.ReportedAlready;

        var outcome = OutcomeOf(given, work, targetRun.Stage, by);
        var text = $"{targetRun.Subject}: {by.Name} answered “{Words.Of(given.Answer)}”{OnDevice(given)}{InPlace(given)}{Found(given, outcome)}";
        if (outcome is StepOutcome.Succeeded && work.ConfirmedBySecond is true) AwaitConfirmation(targetRun, current, new Report(by, at, given.OnDeviceAt?.ToUniversalTime(), given.Evidence()), text);
        else EndByHand(targetRun, current, attempt => attempt with { EndedAt = at, Outcome = outcome, AnsweredBy = by, OnDeviceAt = given.OnDeviceAt?.ToUniversalTime() }, text, by, at);
        return Result.Success;
    }

    /// <summary>A second person looked, and what somebody said is done is done.</summary>
    public Result Confirm(TargetRunId id, int step, Actor by, DateTimeOffset at)
    {
        var targetRun = _targetRuns.SingleOrDefault(candidate => candidate.Id == id);
        if (targetRun?.CurrentStep is not { ToBeConfirmed: { } report } current || current.Number != step) return RunErrors.NothingToConfirm;
        if (OpenHalt is not null) return RunErrors.TasksRest;
        if (report.By.Is(by)) return RunErrors.ConfirmedByTheSame;

        EndByHand(
            targetRun, current,
            attempt => attempt with { EndedAt = at, Outcome = Done((ManualWork)current.Settings, report.Evidence), AnsweredBy = report.By, OnDeviceAt = report.OnDeviceAt, ConfirmedBy = by },
            $"{targetRun.Subject}: {by.Name} confirmed what {report.By.Name} did", by, at);
        return Result.Success;
    }

    /// <summary>It waits on, now for a second person.</summary>
    private void AwaitConfirmation(TargetRun targetRun, StepRun step, Report report, string text)
    {
        step.EndAttempt(attempt => attempt with { Report = report });
        Become(targetRun, step, StepStatus.WaitingForPerson, report.By, report.At, $"{text}; a second person confirms it");
        SayWhatItWaitsForNow(report.At);
    }

    private void EndByHand(TargetRun targetRun, StepRun current, Func<Attempt, Attempt> end, string text, Actor by, DateTimeOffset at)
    {
        EndWaiting(targetRun, current, end, text, by, at);
        DueAt = at;
        SayWhatItWaitsForNow(at);
    }

    /// <summary>What a step that waited for people came to.</summary>
    private void EndWaiting(TargetRun targetRun, StepRun current, Func<Attempt, Attempt> end, string text, Actor by, DateTimeOffset at)
    {
        current.EndAttempt(end);
        var became = current.LastAttempt!.Outcome is StepOutcome.Succeeded ? StepStatus.Succeeded : current is { IfItFails: IfItFails.GoOn, WasRejected: false } ? StepStatus.Tolerated : StepStatus.Failed;
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

    private static StepOutcome OutcomeOf(AnswerGiven given, ManualWork work, Stage stage, Actor by)
    {
        var evidence = given.Evidence();
        if (given.Answer is not ManualAnswer.Done)
            return new StepOutcome.Failed($"{by.Name} answered “{Words.Of(given.Answer)}”: {given.Note}", HaltCause.ManualStepRejected) { Evidence = evidence };

        var differences = (work.Values ?? []).Select(asked => asked.DifferenceOf(given.ValueOf(asked.Name)!)).OfType<string>().ToList();
        return differences.Count == 0
            ? Done(work, evidence)
            : new StepOutcome.Failed($"{Words.List(differences)}.", stage is Stage.VerifyComponents ? HaltCause.DigestMismatch : HaltCause.ManualStepRejected) { Evidence = evidence };
    }

    /// <summary>What was read off is there for the steps after it.</summary>
    private static StepOutcome.Succeeded Done(ManualWork work, IReadOnlyList<Evidence> evidence)
    {
        var said = work.OutputNames.ToDictionary(name => name, name => evidence.First(shown => shown.Name == AnswerGiven.Shown(name)).Value);
        return new StepOutcome.Succeeded(evidence) { Outputs = said.Count > 0 ? said : null };
    }

    private static string OnDevice(AnswerGiven given) => given.OnDeviceAt is { } at ? $" at {at.ToUniversalTime():HH:mm} UTC on the device" : "";

    private static string InPlace(AnswerGiven given) => given.TakenOver is { } taken ? $" in the place of {taken.Others} ({taken.Reason})" : "";

    private static string Found(AnswerGiven given, StepOutcome outcome) => given.Answer is ManualAnswer.Done && outcome is StepOutcome.Failed failed ? $", but {failed.Reason}" : "";

    private static Error? MissingIn(ManualWork work, AnswerGiven given)
    {
        var asked = work.Values ?? [];
        if (given.Values.Keys.FirstOrDefault(name => asked.All(value => value.Name != name)) is { } stranger) return RunErrors.ValueUnknown(stranger);
        if (given.Answer is not ManualAnswer.Done) return string.IsNullOrWhiteSpace(given.Note) ? RunErrors.AnswerUnexplained : null;
        if (asked.FirstOrDefault(value => given.ValueOf(value.Name) is null) is { } unread) return RunErrors.ValueMissing(unread.Name);
        if (asked.FirstOrDefault(value => !value.Matches(given.ValueOf(value.Name)!)) is { } misread) return RunErrors.ValueMalformed(misread.Name, misread.Pattern!);

        return work.Evidence switch
        {
            EvidenceRule.File => given.Files.Count == 0 ? RunErrors.EvidenceFileMissing : null,
            EvidenceRule.Note => (given with { TakenOver = null }).Evidence().Count == 0 ? RunErrors.EvidenceMissing : null,
            _ => null,
        };
    }
}
