namespace DeployHub.Domain;

/// <summary>
/// The one place that says what a working day is: Monday to Friday, without the public holidays that are known. Whatever is due within some working
/// days asks here (domain Appendix A: notice, reviews, late approvals, slots by choice).
/// </summary>
/// <param name="holidays">Public holidays, with their names.</param>
public sealed class WorkingDays(IReadOnlyDictionary<DateOnly, string> holidays)
{
    /// <summary>Weekends, and nothing else.</summary>
    public static readonly WorkingDays WithoutHolidays = new(new Dictionary<DateOnly, string>());

    /// <summary>Nothing is so far ahead: a calendar in which every day is a holiday must not be searched for ever.</summary>
    private const int Furthest = 3660;

    public bool Include(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.ContainsKey(day);

    /// <summary>What is celebrated; null for a day like others.</summary>
    public string? HolidayOn(DateOnly day) => holidays.GetValueOrDefault(day);

    /// <summary>So many working days after a day, which itself does not count.</summary>
    public DateOnly After(DateOnly day, int days)
    {
        var last = day.AddDays(Furthest);
        while (days > 0 && day < last)
        {
            day = day.AddDays(1);
            if (Include(day)) days--;
        }

        return day;
    }

    /// <summary>The same from a moment, on the calendar of UTC.</summary>
    public DateOnly After(DateTimeOffset at, int days) => After(DateOnly.FromDateTime(at.UtcDateTime), days);

    /// <summary>The same time of day, so many working days later by the clock of a zone. From a weekend the first working day is the next Monday.</summary>
    public DateTimeOffset After(DateTimeOffset at, int days, TimeZoneInfo zone)
    {
        var wall = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        return Instant(After(DateOnly.FromDateTime(wall), days).ToDateTime(TimeOnly.FromDateTime(wall)), zone);
    }

    /// <summary>Whole working days from one moment to a later one; none when it is not later.</summary>
    public int Between(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var days = 0;
        while (days < 1000 && After(from, days + 1, zone) <= to) days++;
        return days;
    }

    private static DateTimeOffset Instant(DateTime wall, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(wall)) wall = wall.AddMinutes(15);
        return new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
    }
}
