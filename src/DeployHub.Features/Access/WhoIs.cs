using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>The actor behind a signed-in account, with what they may do now. Null for an account that was deactivated.</summary>
public sealed record WhoIs(Guid Person) : IQuery<WhoIs.Answer?>
{
    /// <param name="Target">The target whose own key was shown.</param>
    /// <param name="Token">The person's own token that was shown.</param>
    public sealed record Answer(Actor Actor, IReadOnlyList<RoleGrant> Grants, TargetId? Target = null, UsedToken? Token = null);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<WhoIs, Answer?>
    {
        public async ValueTask<Answer?> Handle(WhoIs query, CancellationToken cancellationToken) => await db.WhoIsAsync(query.Person, clock.GetUtcNow(), cancellationToken);
    }
}

/// <summary>The machine behind an API token. Null for a token that is unknown, revoked or expired.</summary>
public sealed record WhoHasToken(string Token) : IQuery<WhoIs.Answer?>
{
    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<WhoHasToken, WhoIs.Answer?>
    {
        public async ValueTask<WhoIs.Answer?> Handle(WhoHasToken query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var digest = Digest.OfText(query.Token);
            var client = await db.ApiClients.SingleOrDefaultAsync(known => known.TokenDigest == digest, cancellationToken);
            if (client is null || !client.IsValid(now)) return null;

            if (client.Use(now)) await db.ApiClients.Where(known => known.Id == client.Id).ExecuteUpdateAsync(set => set.SetProperty(known => known.LastUsedAt, now), cancellationToken);
            db.Entry(client).State = EntityState.Detached;
            var holder = client.Id.Value.ToString();
            var grants = await db.Grants.AsNoTracking().Where(grant => grant.Holder == holder && grant.ConfirmedAt != null && grant.RevokedAt == null).ToListAsync(cancellationToken);
            return new WhoIs.Answer(client.ToActor(), [.. grants.Select(grant => grant.ToRoleGrant())], client.TargetId);
        }
    }
}
