using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>One trusted key, with who registered and who revoked it.</summary>
public sealed record ShowTrustedKey(string Key) : IQuery<Result<ShowTrustedKey.View>>
{
    /// <param name="Fingerprint">minisign's key id, the fingerprint of the OpenPGP primary key, or the SHA-256 of a PEM key's SubjectPublicKeyInfo or of a trusted root's text.</param>
    /// <param name="Services">Keys of the services it may sign for; none means all.</param>
    /// <param name="Revoked">Why it is not trusted any more; null while it is.</param>
    public sealed record View(
        string Key, string Name, TrustedKeyKind Kind, TrustedKeyState State, string Fingerprint, string PublicKey, IReadOnlyList<string> Services,
        DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil, string RegisteredBy, DateTimeOffset RegisteredAt, Revocation? Revoked);

    public sealed record Revocation(string Reason, string By, DateTimeOffset At);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowTrustedKey, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowTrustedKey query, CancellationToken cancellationToken) =>
            await db.TrustedKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Key == query.Key, cancellationToken) is { } key
                ? ViewOf(key, clock.GetUtcNow())
                : Error.NotFound("trusted-key", query.Key);

        private static View ViewOf(TrustedKey key, DateTimeOffset now) => new(
            key.Key, key.Name, key.Kind, key.StateAt(now), key.Fingerprint, key.PublicKey, key.Services, key.ValidFrom, key.ValidUntil, key.RegisteredBy.Name, key.RegisteredAt,
            key.RevokedAt is { } at ? new Revocation(key.RevocationReason!, key.RevokedBy!.Name, at) : null);
    }
}
