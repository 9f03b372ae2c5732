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

    /// <summary>
    /// One reader's own word, once. When enough have confirmed, the step has succeeded. Refused with <c>run.no-acknowledgement</c>,
    /// <c>run.no-reader-of-this</c>, <c>run.already-acknowledged</c>, or <c>run.halted</c>.
    /// </summary>
    public Result Acknowledge(TargetRunId id, int step, Actor by, DateTimeOffset at)
    {
        var targetRun = _targetRuns.SingleOrDefault(candidate => candidate.Id == id);
        if (targetRun is not { AwaitsReaders: true } || targetRun.CurrentStep is not { Readers: { } readers } current || current.Number != step) return RunErrors.NothingToAcknowledge;
        if (OpenHalt is not null) return RunErrors.TasksRest;
        if (by.Kind is not ActorKind.Person || readers.FirstOrDefault(reader => reader.Person.Is(by)) is not { } mine) return RunErrors.NoReaderOfThis(readers.Select(reader => reader.Person.Name));
        if (mine.ConfirmedAt is not null) return RunErrors.AlreadyAcknowledged;

        current.Readers = [.. readers.Select(reader => reader == mine ? reader with { ConfirmedAt = at } : reader)];
        Become(targetRun, current, StepStatus.WaitingForPerson, by, at, $"{targetRun.Subject}: {by.Name} confirmed “{current.Name}”");
        if (IsConfirmed(current)) EndReading(targetRun, current, new StepOutcome.Succeeded(Confirmations(current)), by, at, $"{targetRun.Subject}: {Confirmed(current)} confirmed “{current.Name}”");
        DueAt = at;
        SayWhatItWaitsForNow(at);
        return Result.Success;
    }

    private void EndReading(TargetRun targetRun, StepRun step, StepOutcome outcome, Actor by, DateTimeOffset at, string text) =>
        EndWaiting(targetRun, step, attempt => attempt with { EndedAt = at, Outcome = outcome, AnsweredBy = by }, text, by, at);

    private void EndUnread(TargetRun targetRun, StepRun step, DateTimeOffset at)
    {
        var reason = $"{Confirmed(step)} confirmed in time and {Needed(step)} had to; missing are {Words.List(step.Readers!.Where(reader => reader.ConfirmedAt is null).Select(reader => reader.Person.Name))}.";
        EndReading(targetRun, step, new StepOutcome.Failed(reason, HaltCause.AcknowledgementShortfall) { Evidence = Confirmations(step) }, Actor.System, at, $"{targetRun.Subject}: {reason}");
    }

    private static string InWords(TargetRun targetRun)
    {
        var step = targetRun.CurrentStep!;
        var missing = step.Readers!.Where(reader => reader.ConfirmedAt is null).Select(reader => reader.Person.Name).ToList();
        var named = missing.Count > MostNamed + 1 ? [.. missing.Take(MostNamed), Words.Count(missing.Count - MostNamed, "other")] : missing;
        return $"{Confirmed(step)} confirmed “{step.Name}” for {targetRun.Subject}, {Needed(step)} have to by {targetRun.DueAt:yyyy-MM-dd HH:mm} UTC; waiting for {Words.List(named)}.";
    }

    private static string Confirmed(StepRun step) => $"{step.Readers!.Count(reader => reader.ConfirmedAt is not null)} of {step.Readers!.Count}";

    private static int Needed(StepRun step) => Share.Parse(((Acknowledge)step.Settings).Quota).Value.Needed(step.Readers!.Count);

    private static bool IsConfirmed(StepRun step) => step.Readers!.Count(reader => reader.ConfirmedAt is not null) >= Needed(step);

    private static List<Evidence> Confirmations(StepRun step) =>
        [.. step.Readers!.Where(reader => reader.ConfirmedAt is not null).OrderBy(reader => reader.ConfirmedAt)
            .Select(reader => new Evidence($"Confirmed by {reader.Person.Name}", reader.ConfirmedAt!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)))];
}
