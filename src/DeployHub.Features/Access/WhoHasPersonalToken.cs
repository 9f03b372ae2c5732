using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>The person behind a token of their own, with the roles they hold now. Null for a token that is unknown, revoked or expired, and once the account is closed.</summary>
public sealed record WhoHasPersonalToken(string Token) : IQuery<WhoIs.Answer?>
{
    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<WhoHasPersonalToken, WhoIs.Answer?>
    {
        public async ValueTask<WhoIs.Answer?> Handle(WhoHasPersonalToken query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var digest = Digest.OfText(query.Token);
            var token = await db.PersonalTokens.AsNoTracking().SingleOrDefaultAsync(known => known.TokenDigest == digest, cancellationToken);
            if (token is null || !token.IsValid(now) || await db.WhoIsAsync(Guid.Parse(token.Holder), now, cancellationToken) is not { } who) return null;

            if (token.Use(now))
                await db.PersonalTokens.Where(known => known.Id == token.Id).ExecuteUpdateAsync(set => set.SetProperty(known => known.LastUsedAt, now), cancellationToken);
            return who with { Actor = who.Actor with { Via = token.Name }, Token = new UsedToken(token.Name, token.Scope) };
        }
    }
}
