using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Sigstore;
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
    /// <param name="Authorities">Whom a Sigstore root names; none for a key.</param>
    public sealed record View(
        string Key, string Name, TrustedKeyKind Kind, TrustedKeyState State, string Fingerprint, string PublicKey, IReadOnlyList<string> Services,
        DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil, string RegisteredBy, DateTimeOffset RegisteredAt, Revocation? Revoked, IReadOnlyList<Authority> Authorities);

    /// <param name="Gives">What is believed of it: certificates, log entries, certificate logging or times.</param>
    /// <param name="From">Since when; null for never.</param>
    /// <param name="Until">The last moment; null for no end.</param>
    public sealed record Authority(string Gives, string Uri, DateTimeOffset? From, DateTimeOffset? Until);

    public sealed record Revocation(string Reason, string By, DateTimeOffset At);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowTrustedKey, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowTrustedKey query, CancellationToken cancellationToken) =>
            await db.TrustedKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Key == query.Key, cancellationToken) is { } key
                ? ViewOf(key, clock.GetUtcNow())
                : Error.NotFound("trusted-key", query.Key);

        private static View ViewOf(TrustedKey key, DateTimeOffset now) => new(
            key.Key, key.Name, key.Kind, key.StateAt(now), key.Fingerprint, key.PublicKey, key.Services, key.ValidFrom, key.ValidUntil, key.RegisteredBy.Name, key.RegisteredAt,
            key.RevokedAt is { } at ? new Revocation(key.RevocationReason!, key.RevokedBy!.Name, at) : null,
            key.Kind is TrustedKeyKind.SigstoreRoot && SigstoreTrustedRoot.Parse(Encoding.UTF8.GetBytes(key.PublicKey)) is { Error: null } root ? AuthoritiesOf(root.Value) : []);

        private static List<Authority> AuthoritiesOf(SigstoreTrustedRoot root) =>
        [
            .. root.Authorities.Select(authority => Named("certificates", authority.Uri, authority.ValidFor)),
            .. root.Logs.Select(log => Named("log entries", log.Uri, log.ValidFor)),
            .. root.CertificateLogs.Select(log => Named("certificate logging", log.Uri, log.ValidFor)),
            .. root.TimeAuthorities.Select(authority => Named("times", authority.Uri, authority.ValidFor)),
        ];

        private static Authority Named(string gives, string uri, TrustedPeriod period) => new(gives, uri, period.Start, period.End);
    }
}
