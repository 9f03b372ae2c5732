using DeployHub.Domain;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>A period of somebody's calendar, with whose it is.</summary>
public sealed record BusyTime(string Key, BusySettings Settings, BusyPeriod Period);

/// <summary>What somebody who plans should know of a period of others.</summary>
/// <param name="Calendar">Key of the calendar, or of the organisation.</param>
public sealed record BusyAdvice(string Calendar, string Name, DateTimeOffset Start, DateTimeOffset End, string Sentence)
{
    public static BusyAdvice Of(BusyTime busy) => new(
        busy.Key, busy.Settings.Name, busy.Period.Start, busy.Period.End,
        $"{busy.Settings.Name} has “{busy.Period.Name}” from {busy.Period.Start.UtcDateTime:ddd d MMM yyyy HH:mm} to {busy.Period.End.UtcDateTime:ddd d MMM HH:mm} UTC.");

    public static BusyAdvice Of(PartnerFreezeTime time) => new(time.Organisation.Key, time.Organisation.Name, time.When.Start, time.When.End, $"{time.InWords}.");
}

/// <summary>Look-ups that several messages and the worker share.</summary>
public static class BusyLookups
{
    /// <summary>Calendars, not periods: each holds at most <see cref="BusyCalendar.MostPeriods"/>.</summary>
    public const int MostCalendars = 100;

    /// <summary>So many periods are told at once, those that start first.</summary>
    private const int MostTold = 5_000;

    /// <summary>Refuses a row version other than the one that the sender had looked at.</summary>
    public static async Task<Result<BusyCalendar>> FindBusyCalendarAsync(this DeployHubDb db, string key, uint? seen, CancellationToken cancellationToken)
    {
        if (await db.BusyCalendars.SingleOrDefaultAsync(calendar => calendar.Key == key, cancellationToken) is not { } calendar) return Error.NotFound("busy-calendar", key);
        return db.ChangedSince(calendar, seen) is { } changed ? changed : calendar;
    }

    /// <summary>What overlaps, in the order in which it starts.</summary>
    public static async Task<IReadOnlyList<BusyTime>> BusyAtAsync(this DeployHubDb db, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (to < now - BusyCalendar.Back) return []; // nothing that old is kept

        var calendars = await db.BusyCalendars.AsNoTracking().OrderBy(calendar => calendar.Key).Take(MostCalendars).ToListAsync(cancellationToken);
        return
        [
            .. (from calendar in calendars
                from period in calendar.Periods
                where period.Start < to && period.End > @from
                orderby period.Start
                select new BusyTime(calendar.Key, calendar.Settings, period)).Take(MostTold),
        ];
    }

    /// <summary>The first key that stands for nothing; null when all of them exist.</summary>
    public static async Task<Error?> UnknownAsync(this DeployHubDb db, BusySettings settings, CancellationToken cancellationToken)
    {
        var environments = await db.Environments.Where(known => settings.Environments.Contains(known.Key)).Select(known => known.Key).ToListAsync(cancellationToken);
        if (settings.Environments.FirstOrDefault(key => !environments.Contains(key)) is { } environment) return BusyErrors.Unknown("environment", "Settings.Environments", environment);
        var services = await db.Services.Where(known => settings.Services.Contains(known.Key)).Select(known => known.Key).ToListAsync(cancellationToken);
        if (settings.Services.FirstOrDefault(key => !services.Contains(key)) is { } service) return BusyErrors.Unknown("service", "Settings.Services", service);
        var organisations = await db.Organisations.Where(known => settings.Organisations.Contains(known.Key)).Select(known => known.Key).ToListAsync(cancellationToken);
        return settings.Organisations.FirstOrDefault(key => !organisations.Contains(key)) is { } organisation ? BusyErrors.Unknown("organisation", "Settings.Organisations", organisation) : null;
    }

    /// <summary>One that is due and that nobody else has locked; null when there is none.</summary>
    public static async Task<BusyCalendar?> LockDueBusyCalendarAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await db.BusyCalendars.FromSql($"select c.*, c.xmin from busy_calendars c where c.due_at <= {at} order by c.due_at, c.id limit 1 for no key update skip locked").ToListAsync(cancellationToken))
        .SingleOrDefault();

    /// <summary>Nobody else changes it before this transaction ends. Null when it is gone.</summary>
    public static Task<BusyCalendar?> LockBusyCalendarAsync(this DeployHubDb db, BusyCalendarId id, CancellationToken cancellationToken) =>
        db.BusyCalendars.FromSql($"select c.*, c.xmin from busy_calendars c where c.id = {id.Value} for no key update").SingleOrDefaultAsync(cancellationToken);
}
