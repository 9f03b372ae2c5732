using DeployHub.Domain.Partners;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>Between which times of day a deployment may happen, by the clock of whoever asked for it.</summary>
/// <param name="NotBefore">It may start from then on; null for no such bound.</param>
/// <param name="NotAfter">It has to be over by then, on the day on which it starts; null for no such bound.</param>
/// <param name="TimeZone">IANA id.</param>
public sealed record TimeBounds(TimeOnly? NotBefore, TimeOnly? NotAfter, string TimeZone)
{
    /// <summary>Never without a slot: what runs on demand may start at any time.</summary>
    public bool HoldFor(Slot? slot)
    {
        if (slot is null) return false;

        var (start, end) = (WallTime.In(slot.Start, TimeZone), WallTime.In(slot.End, TimeZone));
        return (NotBefore is not { } from || TimeOnly.FromDateTime(start) >= from)
            && (NotAfter is not { } until || (end.Date == start.Date && TimeOnly.FromDateTime(end) <= until));
    }

    /// <summary>“Not before 06:30 (Europe/Berlin)”.</summary>
    public string InWords()
    {
        var from = NotBefore is { } start ? FormattableString.Invariant($"not before {start:HH:mm}") : null;
        var until = NotAfter is { } end ? FormattableString.Invariant($"over by {end:HH:mm}") : null;
        return $"{Words.Title(Words.List(new[] { from, until }.OfType<string>()))} ({TimeZone})";
    }
}
