using System.Globalization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>People who confirm that they have read and understood what is deployed (domain §2.3.3, Appendix F).</summary>
public sealed partial class Run
{
    private const int MostNamed = 3;

    /// <summary>How many have confirmed and who has not, in a sentence; null when nobody is asked.</summary>
    private string? ReadersSentence
    {
        get
        {
            var asked = OpenHalt is null ? TargetRuns.Where(targetRun => targetRun.AwaitsReaders).ToList() : [];
            return asked.Count == 0 ? null : string.Join(' ', asked.Take(MostNamed).Select(InWords).Concat(asked.Count > MostNamed ? [$"The same goes for {Words.Count(asked.Count - MostNamed, "more readership")}."] : Array.Empty<string>()));
        }
    }

    /// <summary>The target run of this subject that asks people for their word now; null when none does.</summary>
    public TargetRunId? AskingReaders(Stage stage, string subject) => _targetRuns.Find(targetRun => targetRun.Stage == stage && targetRun.Subject == subject && targetRun.AwaitsReaders)?.Id;

    /// <summary>
    /// One reader's own word, once. When enough have confirmed, the step has succeeded. Refused with <c>run.no-acknowledgement</c>,
    /// <c>run.no-reader-of-this</c>, <c>run.already-acknowledged</c>, or <c>run.halted</c>.
    /// </summary>
    public Result Acknowledge(TargetRunId id, int step, Actor by, DateTimeOffset at)
    {
        var asked = AskedFor<Acknowledge>(id, step, by);
        if (asked.Error is { } refusal) return refusal;

        Hear(asked.Value.TargetRun, asked.Value.Step, by, at, "confirmed");
        DueAt = at;
        SayWhatItWaitsForNow(at);
        return Result.Success;
    }

    /// <summary>The step that asks this person for a word not given yet.</summary>
    private Result<(TargetRun TargetRun, StepRun Step)> AskedFor<TAsks>(TargetRunId id, int step, Actor by) where TAsks : AsksPeople
    {
        var targetRun = _targetRuns.SingleOrDefault(candidate => candidate.Id == id);
        if (targetRun is not { AwaitsReaders: true } || targetRun.CurrentStep is not { Settings: TAsks, Readers: { } readers } current || current.Number != step) return RunErrors.NothingToAcknowledge;
        if (OpenHalt is not null) return RunErrors.TasksRest;
        if (by.Kind is not ActorKind.Person || readers.FirstOrDefault(reader => reader.Person.Is(by)) is not { } mine) return RunErrors.NoReaderOfThis(readers.Select(reader => reader.Person.Name));
        return mine.ConfirmedAt is not null ? RunErrors.AlreadyAcknowledged : (targetRun, current);
    }

    /// <summary>Where the step is not asked yet, the word waits for it.</summary>
    private void Hear(TargetRun targetRun, StepRun step, Actor by, DateTimeOffset at, string did)
    {
        step.Readers = [.. step.Readers!.Select(reader => reader.Person.Is(by) ? reader with { ConfirmedAt = at } : reader)];
        if (step.Status is not StepStatus.WaitingForPerson) return;

        Become(targetRun, step, StepStatus.WaitingForPerson, by, at, $"{targetRun.Subject}: {by.Name} {did} “{step.Name}”");
        EndIfConfirmed(targetRun, step, by, at);
    }

    private void EndIfConfirmed(TargetRun targetRun, StepRun step, Actor by, DateTimeOffset at)
    {
        if (IsConfirmed(step)) EndReading(targetRun, step, new StepOutcome.Succeeded(Confirmations(step)), by, at, $"{targetRun.Subject}: {Confirmed(step)} {Did(step)} “{step.Name}”");
    }

    private void EndReading(TargetRun targetRun, StepRun step, StepOutcome outcome, Actor by, DateTimeOffset at, string text) =>
        EndWaiting(targetRun, step, attempt => attempt with { EndedAt = at, Outcome = outcome, AnsweredBy = by }, text, by, at);

    private void EndUnread(TargetRun targetRun, StepRun step, DateTimeOffset at)
    {
        var reason = $"{Confirmed(step)} {Did(step)} in time and {Needed(step)} had to; missing are {Words.List(step.Readers!.Where(reader => reader.ConfirmedAt is null).Select(reader => reader.Person.Name))}.";
        EndReading(targetRun, step, new StepOutcome.Failed(reason, step.Settings is Accept ? HaltCause.BusinessVerificationRejected : HaltCause.AcknowledgementShortfall) { Evidence = Confirmations(step) }, Actor.System, at, $"{targetRun.Subject}: {reason}");
    }

    private static string InWords(TargetRun targetRun)
    {
        var step = targetRun.CurrentStep!;
        var missing = step.Readers!.Where(reader => reader.ConfirmedAt is null).Select(reader => reader.Person.Name).ToList();
        var named = missing.Count > MostNamed + 1 ? [.. missing.Take(MostNamed), Words.Count(missing.Count - MostNamed, "other")] : missing;
        return $"{Confirmed(step)} {Did(step)} “{step.Name}” for {targetRun.Subject}, {Needed(step)} have to by {targetRun.DueAt:yyyy-MM-dd HH:mm} UTC; waiting for {Words.List(named)}{(IsAlone(step) ? ", since whoever planned it does not accept it alone" : "")}.";
    }

    private static string Confirmed(StepRun step) => $"{step.Readers!.Count(reader => reader.ConfirmedAt is not null)} of {step.Readers!.Count}";

    private static int Needed(StepRun step) => Share.Parse(((AsksPeople)step.Settings).Needed).Value.Needed(step.Readers!.Count);

    private static string Did(StepRun step) => step.Settings is Accept ? "accepted" : "confirmed";

    private static bool IsConfirmed(StepRun step) => IsEnough(step) && !IsAlone(step);

    private static bool IsEnough(StepRun step) => step.Readers!.Count(reader => reader.ConfirmedAt is not null) >= Needed(step);

    /// <summary>Enough have said so, and all of them planned it.</summary>
    private static bool IsAlone(StepRun step) => IsEnough(step) && step.Readers!.Where(reader => reader.ConfirmedAt is not null).All(reader => reader.IsPlanner);

    private static List<Evidence> Confirmations(StepRun step) =>
        [.. step.Readers!.Where(reader => reader.ConfirmedAt is not null).OrderBy(reader => reader.ConfirmedAt)
            .Select(reader => new Evidence($"{Words.Title(Did(step))} by {reader.Person.Name}", reader.ConfirmedAt!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)))];
}
