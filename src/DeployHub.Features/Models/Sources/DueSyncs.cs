using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Sources;

/// <summary>Which model sources are looked at, and which pushes are judged. A row is locked until the transaction ends.</summary>
public static class DueSyncs
{
    private const string DueSync =
        """
        select s.*, s.xmin from model_source_syncs s join model_sources m on m.id = s.source_id
        where s.due_at <= {0} and m.paused_at is null and m.settings ->> 'pool' = any({1})
        order by s.due_at, s.source_id limit 1 for no key update of s skip locked
        """;

    private const string NextPush =
        """
        select p.* from model_source_pushes p join model_sources m on m.id = p.source_id
        where m.settings ->> 'pool' = any({0})
        order by p.at, p.id limit 1 for update of p skip locked
        """;

    /// <summary>One that is due and that nobody else has locked; null when there is none.</summary>
    public static async Task<SourceSync?> LockDueSyncAsync(this DeployHubDb db, DateTimeOffset at, IEnumerable<string> pools, CancellationToken cancellationToken) =>
        (await db.SourceSyncs.FromSqlRaw(DueSync, at, pools.ToArray()).ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>Null when there is no such source any more.</summary>
    public static Task<SourceSync?> LockSyncAsync(this DeployHubDb db, ModelSourceId source, CancellationToken cancellationToken) =>
        db.SourceSyncs.FromSql($"select s.*, s.xmin from model_source_syncs s where s.source_id = {source.Value} for no key update").SingleOrDefaultAsync(cancellationToken);

    /// <summary>The oldest push that nobody else judges just now; null when there is none.</summary>
    public static async Task<SourcePush?> LockNextPushAsync(this DeployHubDb db, IEnumerable<string> pools, CancellationToken cancellationToken) =>
        (await db.SourcePushes.FromSqlRaw(NextPush, [pools.ToArray()]).ToListAsync(cancellationToken)).SingleOrDefault();
}
