using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>One definitive store.</summary>
public sealed record ShowStore(string Key) : IQuery<Result<ShowStore.View>>
{
    /// <param name="Credential">Name of a secret, never its value.</param>
    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(string Key, string Name, StoreKind Kind, string Location, string? Credential, string? Region, [property: JsonIgnore] uint RowVersion);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowStore, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowStore query, CancellationToken cancellationToken) =>
            await db.Stores.Where(store => store.Key == query.Key)
                .Select(store => new View(store.Key, store.Name, store.Kind, store.Location, store.Credential, store.Region, EF.Property<uint>(store, "Version")))
                .SingleOrDefaultAsync(cancellationToken) is { } view
                ? view
                : Error.NotFound("definitive-store", query.Key);
    }
}
