namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>Notice periods, by the clock and the working days of whoever is asked.</summary>
public static class Notice
{
    /// <summary>Fewer working days are left until the start than were agreed. What runs on demand waits for the answer, so it is never short.</summary>
    public static bool IsShort(DateTimeOffset askedAt, int workingDays, Slot? slot, TimeZoneInfo zone, WorkingDays calendar) =>
        slot is not null && calendar.After(askedAt, workingDays, zone) > slot.Start;

    /// <summary>
    /// Until when to answer: within the notice, and a working day before the start, so that there is time to act on it. Where less time is left than
    /// that, half of it; and where none is left, within the notice.
    /// </summary>
    public static DateTimeOffset Deadline(DateTimeOffset askedAt, int workingDays, Slot? slot, TimeZoneInfo zone, WorkingDays calendar)
    {
        var full = calendar.After(askedAt, Math.Max(1, workingDays), zone);
        if (slot is null) return full;

        var before = slot.Start - TimeSpan.FromDays(1);
        while (before > askedAt && !calendar.Include(DateOnly.FromDateTime(WallTime.In(before, zone)))) before -= TimeSpan.FromDays(1);
        if (before > askedAt) return full < before ? full : before;
        return slot.Start > askedAt ? askedAt + (slot.Start - askedAt) / 2 : full;
    }
}
