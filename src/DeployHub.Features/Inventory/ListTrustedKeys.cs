using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Trusted keys in order of their key, revoked ones too, a page at a time.</summary>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListTrustedKeys(string? After = null, int? Limit = null) : IQuery<Page<ListTrustedKeys.Row>>
{
    /// <param name="Fingerprint">minisign's key id, the fingerprint of the OpenPGP primary key, or the SHA-256 of a PEM key's SubjectPublicKeyInfo or of a trusted root's text.</param>
    /// <param name="Services">Keys of the services it may sign for; none means all.</param>
    public sealed record Row(string Key, string Name, TrustedKeyKind Kind, TrustedKeyState State, string Fingerprint, IReadOnlyList<string> Services, DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListTrustedKeys, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListTrustedKeys query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var keys = await db.TrustedKeys.AsNoTracking()
                .Where(key => query.After == null || key.Key.CompareTo(query.After) > 0)
                .OrderBy(key => key.Key)
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            return Page.Of([.. keys.Select(key => new Row(key.Key, key.Name, key.Kind, key.StateAt(now), key.Fingerprint, key.Services, key.ValidFrom, key.ValidUntil))], query.Limit, row => row.Key);
        }
    }
}
