using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Every machine identity, with its scope and when its token was last used.</summary>
public sealed record ListApiClients : IQuery<IReadOnlyList<ListApiClients.Row>>
{
    public sealed record Row(
        Guid Id, string Name, DateTimeOffset ExpiresAt, string CreatedBy, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, bool IsValid, IReadOnlyList<RoleGrant> Grants);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListApiClients, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListApiClients query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var clients = await db.ApiClients.AsNoTracking().OrderBy(client => client.Name).ToListAsync(cancellationToken);
            var holders = clients.Select(client => client.Id.Value.ToString()).ToList();
            var grants = (await db.Grants.AsNoTracking().Where(grant => holders.Contains(grant.Holder) && grant.RevokedAt == null).ToListAsync(cancellationToken)).ToLookup(grant => grant.Holder);
            return
            [
                .. clients.Select(client => new Row(
                    client.Id.Value, client.Name, client.ExpiresAt, client.CreatedBy.Name, client.LastUsedAt, client.RevokedAt, client.IsValid(now),
                    [.. grants[client.Id.Value.ToString()].Select(grant => grant.ToRoleGrant())])),
            ];
        }
    }
}
