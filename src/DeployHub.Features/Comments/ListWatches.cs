using DeployHub.Domain.Comments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Comments;

/// <summary>What the caller watches, the newest first.</summary>
public sealed record ListWatches : IQuery<IReadOnlyList<ListWatches.Row>>
{
    public sealed record Row(WatchSubject Subject, string Key, DateTimeOffset At);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListWatches, IReadOnlyList<Row>>
    {
        private const int Most = 200;

        public async ValueTask<IReadOnlyList<Row>> Handle(ListWatches query, CancellationToken cancellationToken) => caller.PersonId() is { } person
            ? await db.Watches.Where(watch => watch.Person == person).OrderByDescending(watch => watch.At).Select(watch => new Row(watch.Subject, watch.Key, watch.At)).Take(Most).ToListAsync(cancellationToken)
            : [];
    }
}
