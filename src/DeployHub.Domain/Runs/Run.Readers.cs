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

    /// <summary>The target run of this subject that asks this reader now, or whose step this reader still owes; null when neither.</summary>
    public TargetRunId? AskingReader(Stage stage, string subject, int step, Actor reader) =>
        AskingReaders(stage, subject) ?? TargetRuns.LastOrDefault(targetRun => targetRun.Stage == stage && targetRun.Subject == subject && OwedStep(targetRun, step, reader) is not null)?.Id;

    /// <summary>
    /// One reader's own word, once. When enough have confirmed, the step has succeeded; whoever was exempt confirms also after that. Refused with
    /// <c>run.no-acknowledgement</c>, <c>run.no-reader-of-this</c>, <c>run.already-acknowledged</c>, <c>run.quiz-not-passed</c>, or <c>run.halted</c>.
    /// </summary>
    public Result Acknowledge(TargetRunId id, int step, Actor by, DateTimeOffset at)
    {
        var asked = AskedToRead(id, step, by);
        if (asked.Error is { } refusal) return refusal;

        var (targetRun, current) = asked.Value;
        var reader = current.Readers!.First(known => known.Person.Is(by));
        if (current.AsksQuizOf(reader)) return RunErrors.QuizNotPassed;

        var what = reader.Earlier is { } earlier ? $"confirmed what changed since {earlier.Label}, which was confirmed in {earlier.Run}, as" : "confirmed";
        if (current.IsOver) HearLate(targetRun, current, by, at, what);
        else Hear(targetRun, current, by, at, what);
        if (IsOver) return Result.Success;

        DueAt = at;
        SayWhatItWaitsForNow(at);
        return Result.Success;
    }

    /// <summary>The step that asks this reader, or that this reader owes since an absence.</summary>
    private Result<(TargetRun TargetRun, StepRun Step)> AskedToRead(TargetRunId id, int step, Actor by) =>
        by.Kind is ActorKind.Person && _targetRuns.SingleOrDefault(candidate => candidate.Id == id) is { } past && OwedStep(past, step, by) is { } owed ? (past, owed) : AskedFor<Acknowledge>(id, step, by);

    private StepRun? OwedStep(TargetRun targetRun, int number, Actor reader) =>
        IsWithdrawn ? null : targetRun.Steps.FirstOrDefault(step => LeavesOwing(step) && step.Number == number && step.Readers!.Any(known => known.Owes && known.Person.Is(reader)));

    /// <summary>The step is over, and with it what the word could change; that it was given is a fact all the same.</summary>
    private void HearLate(TargetRun targetRun, StepRun step, Actor by, DateTimeOffset at, string did)
    {
        step.Readers = Heard(step, by, at);
        Append($"reader:{targetRun.Id.Value}/{step.Number}", "Acknowledged", $"{targetRun.Subject}: {by.Name}, who was exempt, {did} “{step.Name}”", by, at);
        NoteOwed();
    }

    private static IReadOnlyList<Reader> Heard(StepRun step, Actor by, DateTimeOffset at) => [.. step.Readers!.Select(reader => reader.Person.Is(by) ? reader with { ConfirmedAt = at } : reader)];

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
        step.Readers = Heard(step, by, at);
        if (step.Status is not StepStatus.WaitingForPerson) return;

        Become(targetRun, step, StepStatus.WaitingForPerson, by, at, $"{targetRun.Subject}: {by.Name} {did} “{step.Name}”");
        EndIfConfirmed(targetRun, step, by, at);
    }

    /// <summary>Enough may have said so while another target was asked, or be left since others are exempt.</summary>
    private void AskReaders(TargetRun targetRun, StepRun step, DateTimeOffset at)
    {
        if (step.Readers is null) return;

        step.Reminded = 0;
        EndAbsences(targetRun, step, at);
        EndIfConfirmed(targetRun, step, Actor.System, at);
    }

    private void EndIfConfirmed(TargetRun targetRun, StepRun step, Actor by, DateTimeOffset at)
    {
        if (IsConfirmed(step)) EndReading(targetRun, step, new StepOutcome.Succeeded(Confirmations(step)), by, at, $"{targetRun.Subject}: {Confirmed(step)} {Did(step)} “{step.Name}”");
    }

    private void EndReading(TargetRun targetRun, StepRun step, StepOutcome outcome, Actor by, DateTimeOffset at, string text)
    {
        EndWaiting(targetRun, step, attempt => attempt with { EndedAt = at, Outcome = outcome, AnsweredBy = by }, text, by, at);
        NoteOwed();
    }

    private void EndUnread(TargetRun targetRun, StepRun step, DateTimeOffset at)
    {
        var missing = Missing(step);
        var reason = $"{Confirmed(step)} {Did(step)} in time and {Needed(step)} had to{(step.Settings is Accept ? $"; missing are {Words.List(missing.Select(reader => reader.Person.Name))}" : "")}.";
        EndReading(targetRun, step, new StepOutcome.Failed(reason, step.Settings is Accept ? HaltCause.BusinessVerificationRejected : HaltCause.AcknowledgementShortfall) { Evidence = Confirmations(step) }, Actor.System, at, $"{targetRun.Subject}: {reason}");
    }

    private static string InWords(TargetRun targetRun)
    {
        var step = targetRun.CurrentStep!;
        return $"{Confirmed(step)} {Did(step)} “{step.Name}” for {targetRun.Subject}, {Needed(step)} have to by {targetRun.DueAt:yyyy-MM-dd HH:mm} UTC{(step.Settings is Accept ? $"; waiting for {Named(step)}{(IsAlone(step) ? ", since whoever planned it does not accept it alone" : "")}" : "")}.";
    }

    /// <summary>Of those who accept; who has not read is between them and whoever asks them, others see the count (domain J12).</summary>
    private static string Named(StepRun step)
    {
        var missing = Missing(step).Select(reader => reader.Person.Name).ToList();
        return Words.List(missing.Count > MostNamed + 1 ? [.. missing.Take(MostNamed), Words.Count(missing.Count - MostNamed, "other")] : missing);
    }

    /// <summary>Whose word is waited for.</summary>
    private static List<Reader> Missing(StepRun step) => [.. step.Readers!.Where(reader => reader is { ConfirmedAt: null, IsExempt: false })];

    /// <summary>Of those who are not exempt (domain Appendix F).</summary>
    private static string Confirmed(StepRun step)
    {
        var exempt = step.Readers!.Count(reader => reader.IsExempt);
        return $"{step.Readers!.Count(reader => reader.ConfirmedAt is not null)} of {step.Readers!.Count - exempt}{(exempt == 0 ? "" : $" ({exempt} exempt)")}";
    }

    /// <summary>How many of those who are not exempt have to say so.</summary>
    public static int Needed(StepRun step) => Share.Parse(((AsksPeople)step.Settings).Needed).Value.Needed(step.Readers!.Count(reader => !reader.IsExempt));

    private static string Did(StepRun step) => step.Settings is Accept ? "accepted" : "confirmed";

    private static bool IsConfirmed(StepRun step) => IsEnough(step) && !IsAlone(step);

    private static bool IsEnough(StepRun step) => step.Readers!.Count(reader => reader.ConfirmedAt is not null) >= Needed(step);

    /// <summary>Enough have said so, and all of them planned it.</summary>
    private static bool IsAlone(StepRun step) => IsEnough(step) && step.Readers!.Where(reader => reader.ConfirmedAt is not null).All(reader => reader.IsPlanner);

    private static List<Evidence> Confirmations(StepRun step) =>
        [.. step.Readers!.Where(reader => reader.ConfirmedAt is not null).OrderBy(reader => reader.ConfirmedAt)
            .Select(reader => new Evidence($"{Words.Title(Did(step))} by {reader.Person.Name}", $"{Instant(reader.ConfirmedAt!.Value)}{Besides(reader)}"))];

    private static string Besides(Reader reader) => string.Concat(
        reader.Earlier is { } earlier ? $", the difference from {earlier.Label}, confirmed {Instant(earlier.At)} in {earlier.Run}" : "",
        reader.Quiz is { } quiz ? $", {quiz.Right} of {Words.Count(quiz.Of, "question")} right at try {quiz.Tries}" : "");

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
