using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Definitive stores in order of their key, a page at a time.</summary>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListStores(string? After = null, int? Limit = null) : IQuery<Page<ListStores.Row>>
{
    /// <param name="Credential">Name of a secret, never its value.</param>
    public sealed record Row(string Key, string Name, StoreKind Kind, string Location, string? Credential, string? Region);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListStores, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListStores query, CancellationToken cancellationToken)
        {
            var rows = await db.Stores
                .Where(store => query.After == null || store.Key.CompareTo(query.After) > 0)
                .OrderBy(store => store.Key)
                .Select(store => new Row(store.Key, store.Name, store.Kind, store.Location, store.Credential, store.Region))
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            return Page.Of(rows, query.Limit, row => row.Key);
        }
    }
}
