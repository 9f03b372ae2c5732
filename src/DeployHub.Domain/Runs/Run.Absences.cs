using DeployHub.Domain.Access;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs;

/// <summary>Readers who are away: nobody waits for them, and their task stays until they are back (domain §2.3.3, J12).</summary>
public sealed partial class Run
{
    /// <summary>From which day somebody who was exempt owes a confirmation of a step that is over; null while nobody does.</summary>
    public DateOnly? OwedFrom { get; private set; }

    /// <summary>
    /// Takes a reader out of the quota until a day; a second time it says another reason or day. Refused with <c>run.no-acknowledgement</c>,
    /// <c>run.own-exemption</c>, <c>run.reader-not-asked</c>, <c>run.already-acknowledged</c>, <c>run.back-already</c>, <c>run.away-too-long</c>,
    /// <c>run.no-reader-would-remain</c>, or <c>run.too-few-readers-would-remain</c>.
    /// </summary>
    /// <param name="person">The id of the reader's account.</param>
    /// <param name="until">The first day, by UTC, on which the reader is back.</param>
    public Result Exempt(Stage stage, string subject, int step, string person, string reason, DateOnly until, Actor by, DateTimeOffset at)
    {
        if (IsOver || ReadStep(stage, subject, step) is not ({ } targetRun, { Readers: { } readers, IsOver: false } current)) return RunErrors.NothingToAcknowledge;
        if (readers.FirstOrDefault(reader => reader.Person.Id == person) is not { } exempt) return RunErrors.ReaderNotAsked;
        if (exempt.ConfirmedAt is not null) return RunErrors.HasAcknowledged(exempt.Person.Name);
        if (exempt.Person.Is(by)) return RunErrors.OwnExemption;
        if (Objection(until, DateOnly.FromDateTime(at.UtcDateTime)) is { } wrongDay) return wrongDay;
        if (TooFewRemain(current, exempt) is { } tooFew) return tooFew;

        current.Readers = [.. readers.Select(reader => reader == exempt ? reader with { Exemption = new Exemption(reason, until, by, at) } : reader)];
        Append($"reader:{targetRun.Id.Value}/{step}", "Exempt", $"{targetRun.Subject}: {by.Name} made {exempt.Person.Name} exempt from “{current.Name}” until {until:yyyy-MM-dd}", by, at);
        if (targetRun.AwaitsReaders && OpenHalt is null) EndIfConfirmed(targetRun, current, by, at);
        DueAt = at;
        SayWhatItWaitsForNow(at);
        return Result.Success;
    }

    private static Error? Objection(DateOnly until, DateOnly today) =>
        until <= today ? RunErrors.BackAlready : until > today.AddYears(1) ? RunErrors.AwayTooLong(today.AddYears(1)) : null;

    /// <summary>A share is of those who remain; a plain count does not shrink with them.</summary>
    private static Error? TooFewRemain(StepRun step, Reader exempt)
    {
        var remaining = step.Readers!.Count(reader => !reader.IsExempt && reader != exempt);
        if (remaining == 0) return RunErrors.NoReaderWouldRemain;

        var quota = Share.Parse(((Models.Steps.AsksPeople)step.Settings).Needed).Value;
        return !quota.IsPercent && remaining < quota.Number ? RunErrors.TooFewReadersWouldRemain(quota.Number, remaining) : null;
    }

    /// <summary>Who is back counts again; and whoever was made exempt while the run was halted may have been the last to be waited for.</summary>
    private void NoticeAbsences(DateTimeOffset at)
    {
        if (OpenHalt is not null) return;

        foreach (var targetRun in TargetRuns.Where(targetRun => targetRun is { AwaitsReaders: true, CurrentStep: { Settings: Models.Steps.Acknowledge, Readers: { } readers } } && readers.Any(reader => reader.Owes)).ToList())
        {
            var step = targetRun.CurrentStep!;
            EndAbsences(targetRun, step, at);
            EndIfConfirmed(targetRun, step, Actor.System, at);
        }
    }

    /// <summary>The last of the subject's target runs that has such a step.</summary>
    private (TargetRun TargetRun, StepRun Step)? ReadStep(Stage stage, string subject, int number) =>
        TargetRuns.Where(targetRun => targetRun.Stage == stage && targetRun.Subject == subject)
            .Select(targetRun => (TargetRun: targetRun, Step: targetRun.Steps.FirstOrDefault(step => step.Number == number && step is { Settings: Models.Steps.Acknowledge, Readers: not null })))
            .LastOrDefault(found => found.Step is not null) is { Step: { } step } last ? (last.TargetRun, step) : null;

    /// <summary>Whoever is back counts again.</summary>
    private void EndAbsences(TargetRun targetRun, StepRun step, DateTimeOffset at)
    {
        foreach (var back in step.Readers!.Where(reader => reader.IsExempt && reader.Exemption!.IsOver(at)).ToList())
        {
            step.Readers = [.. step.Readers!.Select(reader => reader.Person.Is(back.Person) ? reader with { Exemption = back.Exemption! with { HasEnded = true } } : reader)];
            Append($"reader:{targetRun.Id.Value}/{step.Number}", "Due", $"{targetRun.Subject}: {back.Person.Name} is back and is asked about “{step.Name}” again", Actor.System, at);
        }
    }

    /// <summary>Nobody confirms what is, or was, taken back.</summary>
    private bool IsWithdrawn => IsRollingBack || Status is RunStatus.RolledBack || Halts is [.., { WasRollingBack: true }];

    /// <summary>Whoever was exempt from it confirms it late; a step that is given up with its run leaves nothing to confirm.</summary>
    private static bool LeavesOwing(StepRun step) => step is { Settings: Models.Steps.Acknowledge, Readers: not null, IsOver: true };

    private void NoteOwed() => OwedFrom = IsWithdrawn ? null
        : _targetRuns.SelectMany(targetRun => targetRun.Steps).Where(LeavesOwing).SelectMany(step => step.Readers!).Where(reader => reader.Owes).Min(reader => (DateOnly?)reader.Exemption!.Until);

    /// <summary>When the next of them is back while the step waits; null when nobody is away.</summary>
    private static DateTimeOffset? NextReturn(TargetRun targetRun) => !targetRun.AwaitsReaders ? null
        : targetRun.CurrentStep!.Readers!.Where(reader => reader.IsExempt).Min(reader => (DateTimeOffset?)new DateTimeOffset(reader.Exemption!.Until.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}
