using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Worker.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker.Calendars;

/// <summary>
/// Fetches the calendars of others when they are due. Each is taken for a while, and what was found carries the fence of its take: two workers do not
/// fetch the same one, and a late answer counts for nothing.
/// </summary>
internal sealed class FetchBusyCalendars(
    IServiceScopeFactory scopes, CalendarHttp http, SecretStore secrets, Masker masker, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<FetchBusyCalendars> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 1;
    private const int LongestSentence = 900;

    /// <summary>Longer than any look may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private sealed record Taken(BusyCalendarId Id, string Key, BusySettings Settings, int Fence);

    protected override string What => "Calendars of others could not be fetched";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        if (await scopes.InTransactionAsync(Clock, TakeAsync, stoppingToken) is not { } taken) return false;

        Ring();
        var (reading, trouble) = await LookAsync(taken, stoppingToken);
        await scopes.InTransactionAsync(
            Clock,
            async (db, at, token) =>
            {
                if (await db.LockBusyCalendarAsync(taken.Id, token) is not { } calendar) return false;

                if (reading is not null) calendar.Settle(taken.Fence, reading.Periods, reading.LeftOut, at);
                else calendar.Fail(taken.Fence, Words.Beginning(Printable.Of(masker.Mask(trouble!)), LongestSentence), at);
                return true;
            },
            stoppingToken);
        return true;
    }

    private static async Task<Taken?> TakeAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken) =>
        await db.LockDueBusyCalendarAsync(at, cancellationToken) is { } calendar ? new Taken(calendar.Id, calendar.Key, calendar.Settings, calendar.Take(Lease, at)) : null;

    private async Task<(BusyReading? Reading, string? Trouble)> LookAsync(Taken taken, CancellationToken stoppingToken)
    {
        if (taken.Settings.Country is { } country) return (new BusyReading(PublicHolidays.Of(country, taken.Settings.Zone, Clock.GetUtcNow()), 0), null);

        try
        {
            var secret = taken.Settings.Credential is { } name ? await secrets.FindAsync(name, stoppingToken) : null;
            if (secret is null && taken.Settings.Credential is { } unknown) return (null, $"This worker knows no secret named “{unknown}”. Set DeployHub__Secrets__{unknown} for it.");

            var bytes = await http.ReadAsync(new Uri(taken.Settings.Address!), secret, BusyCalendar.Largest, stoppingToken);
            var reading = BusyReading.Read(Encoding.UTF8.GetString(bytes), taken.Settings.Zone, Clock.GetUtcNow(), mayQuote: false);
            return reading.Error is { } malformed ? (null, malformed.Message) : (reading.Value, null);
        }
        catch (CalendarRefusedException refused)
        {
            return (null, refused.Message);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Logger.LogError(exception, "The calendar {Calendar} could not be fetched", taken.Key);
            return (null, $"Something went wrong inside DeployHub ({exception.GetType().Name}); the log of a worker says what.");
        }
    }
}
