using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Who decides in the caller's place, and in whose place the caller decides: what is not over, what begins first at the top.</summary>
public sealed record ListCovers : IQuery<IReadOnlyList<ListCovers.Row>>
{
    /// <param name="IsMine">It is the caller who is away.</param>
    public sealed record Row(Guid Id, string Person, string Deputy, DateOnly From, DateOnly Until, bool IsMine, bool IsInForce);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ListCovers, IReadOnlyList<Row>>
    {
        private const int Most = 50;

        public async ValueTask<IReadOnlyList<Row>> Handle(ListCovers query, CancellationToken cancellationToken)
        {
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var rows = new List<Row>();
            foreach (var side in (string[])["person", "deputy"])
                rows.AddRange((await db.CoversOf(side, caller.Actor).Where(cover => cover.EndedAt == null && cover.Until >= today).OrderBy(cover => cover.From).Take(Most).AsNoTracking().ToListAsync(cancellationToken))
                    .Select(cover => new Row(cover.Id.Value, cover.Person.Name, cover.Deputy.Name, cover.From, cover.Until, side == "person", cover.IsInForce(today))));
            return [.. rows.OrderBy(row => row.From)];
        }
    }
}
