namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>Working-day arithmetic of notice periods, by the clock of whoever is asked. Weekends do not count; public holidays are not known here.</summary>
public static class Notice
{
    /// <summary>The same time of day, so many working days later. From a weekend the first working day is the next Monday.</summary>
    public static DateTimeOffset After(DateTimeOffset at, int workingDays, TimeZoneInfo zone)
    {
        var wall = WallTime.In(at, zone);
        for (var left = workingDays; left > 0;)
        {
            wall = wall.AddDays(1);
            if (IsWorkingDay(wall)) left--;
        }

        return WallTime.First(wall, zone);
    }

    /// <summary>Whole working days from one moment to a later one; none when it is not later.</summary>
    public static int Between(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var days = 0;
        while (days < 1000 && After(from, days + 1, zone) <= to) days++;
        return days;
    }

    /// <summary>Fewer working days are left until the start than were agreed. What runs on demand waits for the answer, so it is never short.</summary>
    public static bool IsShort(DateTimeOffset askedAt, int workingDays, Slot? slot, TimeZoneInfo zone) =>
        slot is not null && After(askedAt, workingDays, zone) > slot.Start;

    /// <summary>
    /// Until when to answer: within the notice, and a working day before the start, so that there is time to act on it. Where less time is left than
    /// that, half of it; and where none is left, within the notice.
    /// </summary>
    public static DateTimeOffset Deadline(DateTimeOffset askedAt, int workingDays, Slot? slot, TimeZoneInfo zone)
    {
        var full = After(askedAt, Math.Max(1, workingDays), zone);
        if (slot is null) return full;

        var before = slot.Start - TimeSpan.FromDays(1);
        while (!IsWorkingDay(WallTime.In(before, zone))) before -= TimeSpan.FromDays(1);
        if (before > askedAt) return full < before ? full : before;
        return slot.Start > askedAt ? askedAt + (slot.Start - askedAt) / 2 : full;
    }

    private static bool IsWorkingDay(DateTime day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
