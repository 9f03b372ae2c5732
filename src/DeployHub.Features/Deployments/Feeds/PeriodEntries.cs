using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Feeds;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;

namespace DeployHub.Features.Deployments.Feeds;

/// <summary>Windows and freezes in the feeds of services and environments: they keep nobody busy.</summary>
internal static class PeriodEntries
{
    /// <summary>So many windows and freezes of one feed, the next first.</summary>
    private const int Most = 1_000;

    /// <summary>People do not plan deployments further ahead than a quarter; feeds with every night of a year make calendar programs slow.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(92);

    public static async Task<IReadOnlyList<FeedEntry>> PeriodEntriesAsync(
        this DeployHubDb db, FeedSubject subject, string? key, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (subject is FeedSubject.Person) return [];

        var times = await CalendarTimes.ReadAsync(db, new Occurrence(from, from + Ahead < to ? from + Ahead : to), cancellationToken);
        return
        [
            .. times.Windows.Where(time => Concerns(time.Window.Scope, subject, key)).Select(Of)
                .Concat(times.Freezes.Where(time => Concerns(time.Freeze.Scope, subject, key)).Select(Of))
                .OrderBy(entry => entry.Start).ThenBy(entry => entry.Uid, StringComparer.Ordinal).Take(Most),
        ];
    }

    private static bool Concerns(CalendarScope scope, FeedSubject subject, string? key) => subject is FeedSubject.Service ? scope.Service is null || scope.Service == key : scope.Environment is null || scope.Environment == key;

    private static FeedEntry Of(WindowTime time) => new(
        Uid(time.Window.Id.Value, time.When), time.Window.History.Count, time.When.Start, time.When.End, $"Window: {time.Window.Name}",
        $"Deployment is permitted to {time.Window.Scope.InWords()}. {time.Window.Reason}", EntryStatus.Confirmed, time.Window.History[^1].At, null, "Window")
    { IsTransparent = true };

    private static FeedEntry Of(FreezeTime time) => new(
        Uid(time.Freeze.Id.Value, time.When), time.Freeze.LiftedAt is null ? 0 : 1, time.When.Start, time.When.End, $"Freeze: {time.Freeze.Name}",
        $"Deployment is forbidden to {time.Freeze.Scope.InWords()}. {time.Freeze.Reason}", EntryStatus.Confirmed, time.Freeze.LiftedAt ?? time.Freeze.DeclaredAt, null, "Freeze")
    { IsTransparent = true };

    private static string Uid(Guid id, Occurrence when) => $"{id}-{when.Start.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}@deployhub";
}
