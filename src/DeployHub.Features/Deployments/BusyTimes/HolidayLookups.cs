using DeployHub.Domain;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>Which days are public holidays, by the calendars of others that say so.</summary>
internal static class HolidayLookups
{
    /// <summary>What lasts longer is no holiday, whatever its calendar says.</summary>
    private const int LongestDays = 14;

    /// <summary>Of one's own due dates: reviews, late approvals, slots by choice, risk.</summary>
    public static async Task<WorkingDays> WorkingDaysAsync(this DeployHubDb db, CancellationToken cancellationToken) => Of(OfEverybody(await db.HolidayCalendarsAsync(cancellationToken)));

    /// <summary>Of a partner's notice: the calendars that name it; where none does, one's own.</summary>
    public static async Task<Func<string, WorkingDays>> WorkingDaysOfPartnersAsync(this DeployHubDb db, CancellationToken cancellationToken)
    {
        var calendars = await db.HolidayCalendarsAsync(cancellationToken);
        return organisation => Of(calendars.Where(calendar => calendar.Settings.Organisations.Contains(organisation)).ToList() is { Count: > 0 } theirs ? theirs : OfEverybody(calendars));
    }

    /// <summary>Those that hold public holidays, in the order of their keys.</summary>
    public static Task<List<BusyCalendar>> HolidayCalendarsAsync(this DeployHubDb db, CancellationToken cancellationToken) =>
        db.BusyCalendars.FromSql($"select c.*, c.xmin from busy_calendars c where (c.settings ->> 'areHolidays')::boolean or c.settings ->> 'country' is not null")
            .AsNoTracking().OrderBy(calendar => calendar.Key).Take(BusyLookups.MostCalendars).ToListAsync(cancellationToken);

    /// <summary>Those of a country count at once; a worker adds those of later days.</summary>
    public static void WorkOutHolidays(this BusyCalendar calendar, DateTimeOffset at)
    {
        if (calendar.Settings.Country is { } country) calendar.Settle(calendar.Fence, PublicHolidays.Of(country, calendar.Settings.Zone, at), 0, at);
    }

    /// <summary>The days of a calendar's holidays, as its own zone counts days.</summary>
    public static IEnumerable<(DateOnly Day, string Name)> Holidays(this BusyCalendar calendar)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.Settings.Zone);
        return calendar.Periods.SelectMany(period => Days(period, zone), (period, day) => (day, period.Name));
    }

    private static IEnumerable<BusyCalendar> OfEverybody(IEnumerable<BusyCalendar> calendars) => calendars.Where(calendar => calendar.Settings.Organisations.Count == 0);

    private static WorkingDays Of(IEnumerable<BusyCalendar> calendars) =>
        new(calendars.SelectMany(Holidays).DistinctBy(holiday => holiday.Day).ToDictionary(holiday => holiday.Day, holiday => holiday.Name));

    private static IEnumerable<DateOnly> Days(BusyPeriod period, TimeZoneInfo zone)
    {
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(period.Start, zone).DateTime);
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(period.End, zone).DateTime.AddTicks(-1));
        return last.DayNumber - first.DayNumber >= LongestDays ? [] : Enumerable.Range(0, Math.Max(0, last.DayNumber - first.DayNumber) + 1).Select(first.AddDays);
    }
}
