namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>Between which times of day a deployment may happen, by the clock of whoever asked for it.</summary>
/// <param name="NotBefore">It may start from then on; null for no such bound.</param>
/// <param name="NotAfter">It has to be over by then, on the day on which it starts, or on the next one where that is earlier than <paramref name="NotBefore"/>; null for no such bound.</param>
/// <param name="TimeZone">IANA id.</param>
public sealed record TimeBounds(TimeOnly? NotBefore, TimeOnly? NotAfter, string TimeZone)
{
    /// <summary>Never without a slot: what runs on demand may start at any time.</summary>
    public bool HoldFor(Slot? slot)
    {
        if (slot is null) return false;

        var (start, end) = (WallTime.In(slot.Start, TimeZone), WallTime.In(slot.End, TimeZone));
        var first = FirstDayOf(start);
        var last = IsOvernight ? first.AddDays(1) : first;
        return (NotBefore is not { } from || start >= first + from.ToTimeSpan()) && (NotAfter is not { } until || end <= last + until.ToTimeSpan());
    }

    /// <summary>The moment before which nothing may start that has this slot; null for no such bound.</summary>
    public DateTimeOffset? EarliestIn(Slot slot) =>
        NotBefore is { } from ? WallTime.First(FirstDayOf(WallTime.In(slot.Start, TimeZone)) + from.ToTimeSpan(), TimeZone) : null;

    /// <summary>“Not before 06:30 (Europe/Berlin)”.</summary>
    public string InWords()
    {
        var from = NotBefore is { } start ? FormattableString.Invariant($"not before {start:HH:mm}") : null;
        var until = NotAfter is { } end ? FormattableString.Invariant($"over by {end:HH:mm}{(IsOvernight ? " the next day" : "")}") : null;
        return $"{Words.Title(Words.List(new[] { from, until }.OfType<string>()))} ({TimeZone})";
    }

    private bool IsOvernight => NotBefore >= NotAfter;

    /// <summary>A start after midnight belongs to the night before.</summary>
    private DateTime FirstDayOf(DateTime start) => IsOvernight && TimeOnly.FromDateTime(start) < NotAfter ? start.Date.AddDays(-1) : start.Date;
}
