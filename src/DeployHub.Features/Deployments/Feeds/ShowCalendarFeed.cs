using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Feeds;

/// <summary>Whether one has a calendar address, and when something last read there. What it is is known to nobody any more.</summary>
public sealed record ShowCalendarFeed : IQuery<ShowCalendarFeed.View>
{
    /// <param name="IssuedAt">Null when one has none.</param>
    public sealed record View(DateTimeOffset? IssuedAt, DateTimeOffset? LastReadAt);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowCalendarFeed, View>
    {
        public async ValueTask<View> Handle(ShowCalendarFeed query, CancellationToken cancellationToken) =>
            await db.CalendarFeeds.AsNoTracking().Where(feed => feed.Holder == caller.Actor.Id && feed.TokenDigest != null)
                .Select(feed => new View(feed.IssuedAt, feed.LastReadAt)).SingleOrDefaultAsync(cancellationToken) ?? new View(null, null);
    }
}
