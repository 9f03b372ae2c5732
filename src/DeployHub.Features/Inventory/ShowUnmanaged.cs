using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>One version change that no run had caused: where it was seen, and how it came there as far as somebody said.</summary>
public sealed record ShowUnmanaged(string Number) : IQuery<Result<ShowUnmanaged.View>>
{
    /// <param name="IsRegistered">False when what was seen is no registered version: it can be explained once it is, or once it is gone.</param>
    /// <param name="IsGone">None of its items is open any more.</param>
    /// <param name="Items">Every drift item that shows it.</param>
    public sealed record View(ListUnmanaged.Row Record, bool IsRegistered, bool IsGone, IReadOnlyList<ListDrift.Row> Items);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowUnmanaged, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowUnmanaged query, CancellationToken cancellationToken)
        {
            if (await db.UnmanagedDeployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is not { } record) return Error.NotFound("unmanaged-deployment", query.Number);

            var row = (await ListUnmanaged.RowsAsync(db, db.UnmanagedDeployments.Where(known => known.Id == record.Id), cancellationToken)).Single();
            var items = await ListDrift.RowsAsync(db, db.DriftItems.Where(item => item.UnmanagedId == record.Id), clock.GetUtcNow(), cancellationToken);
            var isRegistered = row.Observed == WatchedFact.Absent || await db.ComponentVersions.AnyAsync(version => version.ComponentId == record.ComponentId && version.Label == row.Observed, cancellationToken);
            return new View(row, isRegistered, items.TrueForAll(item => !item.IsOpen), items);
        }
    }
}
