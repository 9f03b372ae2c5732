namespace DeployHub.Web.Pages.Calendar;

/// <summary>How the calendar is looked at.</summary>
public enum CalendarLook
{
    Month,
    Week,
    Day,
    List,

    /// <summary>Every environment on a row of its own.</summary>
    Gantt,
}

/// <summary>How much a Gantt shows.</summary>
public enum GanttZoom
{
    Day,
    Week,

    /// <summary>Four weeks, so that every step is as long as the others.</summary>
    Month,

    /// <summary>Thirteen weeks.</summary>
    Quarter,
}

/// <summary>The days that a look shows, in UTC, and where one goes from there.</summary>
public sealed record CalendarRange(DateOnly From, DateOnly To, DateOnly Before, DateOnly Next, string Title)
{
    public DateTimeOffset Start => Midnight(From);

    public DateTimeOffset End => Midnight(To);

    public static CalendarRange Of(CalendarLook look, GanttZoom zoom, DateOnly date) => (look, zoom) switch
    {
        (CalendarLook.Day, _) or (CalendarLook.Gantt, GanttZoom.Day) => Days(date, 1),
        (CalendarLook.Week, _) or (CalendarLook.Gantt, GanttZoom.Week) => Days(Monday(date), 7),
        (CalendarLook.List, _) => Days(date, 30),
        (CalendarLook.Gantt, GanttZoom.Month) => Days(Monday(date), 28),
        (CalendarLook.Gantt, _) => Days(Monday(date), 91),
        _ => Month(new DateOnly(date.Year, date.Month, 1)),
    };

    public static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Whole weeks, as a month is drawn.</summary>
    private static CalendarRange Month(DateOnly first) => new(Monday(first), Monday(first.AddMonths(1).AddDays(6)), first.AddMonths(-1), first.AddMonths(1), $"{first:MMMM yyyy}");

    private static CalendarRange Days(DateOnly from, int days) => new(
        from, from.AddDays(days), from.AddDays(-days), from.AddDays(days), days == 1 ? $"{from:dddd d MMMM yyyy}" : $"{from:d MMM yyyy} to {from.AddDays(days - 1):d MMM yyyy}");

    private static DateOnly Monday(DateOnly date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
}
