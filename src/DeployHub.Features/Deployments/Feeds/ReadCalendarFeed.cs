using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Feeds;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Feeds;

/// <summary>
/// What a calendar program reads at an address: the slots of a person, a service or an environment, and for an environment its windows and freezes.
/// An address that opens nothing, or nothing any more, is not told from one that never was.
/// </summary>
/// <param name="Token">The secret part of the address.</param>
/// <param name="Key">Of the service or environment; null for a person.</param>
/// <param name="Site">Where pages lie, for links.</param>
public sealed record ReadCalendarFeed(string Token, FeedSubject Subject, string? Key, Uri? Site) : IQuery<Result<ReadCalendarFeed.View>>
{
    /// <summary>So many slots of one feed; the oldest are left out first.</summary>
    public const int MostSlots = 2_000;

    private static readonly TimeSpan Back = TimeSpan.FromDays(92), Ahead = TimeSpan.FromDays(400);

    /// <param name="Tag">The same as long as the text is.</param>
    public sealed record View(string Text, string Tag, DateTimeOffset? ChangedAt);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ReadCalendarFeed, Result<View>>
    {
        private static readonly Error Unknown = new(ErrorKind.NotFound, "feed.not-found", "There is no calendar at this address (any more). Whoever used it makes a new one on the page of their account.");

        public async ValueTask<Result<View>> Handle(ReadCalendarFeed query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var digest = Digest.OfText(query.Token);
            var feed = await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(known => known.TokenDigest == digest, cancellationToken);
            if (feed is null || await db.WhoIsAsync(Guid.Parse(feed.Holder), cancellationToken) is not { } holder) return Unknown;
            if (!PermissionMatrix.Allows(holder.Grants.Select(grant => grant.Role), Permission.ViewDeployments)) return Unknown;
            if (await NameOfAsync(query, holder.Actor, cancellationToken) is not { } name) return Unknown;

            await UsedAsync(feed, now, cancellationToken);
            var (from, to) = (StartOfDay(now - Back), StartOfDay(now + Ahead)); // whole days, so that the text changes when something happens and not with every look
            var slots = await db.SlotEntriesAsync(Of(query, holder.Actor), from, to, cancellationToken);
            var periods = await db.PeriodEntriesAsync(query.Subject, query.Key, StartOfDay(now), to, cancellationToken);
            FeedEntry[] entries = [.. slots, .. periods];
            var text = FeedText.Write(name, entries, query.Site);
            return new View(text, Digest.OfText(text).ToString()["sha256:".Length..], entries.Length == 0 ? null : entries.Max(entry => entry.ChangedAt));
        }

        private IQueryable<Deployment> Of(ReadCalendarFeed query, Actor holder) => query.Subject switch
        {
            FeedSubject.Person => db.DeploymentsOf(holder),
            FeedSubject.Service => db.Deployments.OfService(db, query.Key ?? ""),
            _ => db.Deployments.Where(deployment => deployment.EnvironmentId == db.Environments.First(environment => environment.Key == query.Key).Id),
        };

        private async Task<string?> NameOfAsync(ReadCalendarFeed query, Actor holder, CancellationToken cancellationToken) => query.Subject switch
        {
            FeedSubject.Person => $"Deployments of {holder.Name}",
            FeedSubject.Service => await db.Services.Where(service => service.Key == query.Key).Select(service => "Deployments of " + service.Name).SingleOrDefaultAsync(cancellationToken),
            _ => await db.Environments.Where(environment => environment.Key == query.Key).Select(environment => "Deployments to " + environment.Name).SingleOrDefaultAsync(cancellationToken),
        };

        /// <summary>At most once a minute: programs look often.</summary>
        private async Task UsedAsync(CalendarFeed feed, DateTimeOffset now, CancellationToken cancellationToken)
        {
            if (feed.LastReadAt is { } last && now - last < TimeSpan.FromMinutes(1)) return;

            await db.CalendarFeeds.Where(known => known.Id == feed.Id).ExecuteUpdateAsync(set => set.SetProperty(known => known.LastReadAt, now), cancellationToken);
        }

        private static DateTimeOffset StartOfDay(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);
    }
}
