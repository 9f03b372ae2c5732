using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>One difference with everything that was decided about it.</summary>
public sealed record ShowDriftItem(string Environment, Guid Item) : IQuery<Result<ListDrift.Row>>
{
    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowDriftItem, Result<ListDrift.Row>>
    {
        public async ValueTask<Result<ListDrift.Row>> Handle(ShowDriftItem query, CancellationToken cancellationToken)
        {
            if (await db.FindDriftAsync(query.Environment, query.Item, cancellationToken) is not { } found) return Error.NotFound("drift-item", query.Item.ToString());

            return (await ListDrift.RowsAsync(db, db.DriftItems.Where(item => item.Id == found.Id), clock.GetUtcNow(), cancellationToken)).Single();
        }
    }
}
