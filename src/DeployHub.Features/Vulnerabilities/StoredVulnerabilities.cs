using System.Text.Json;
using DeployHub.Domain.Vulnerabilities;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Vulnerabilities;

/// <summary>A list has hundreds of thousands of records, so they go in by three statements for each batch and are never tracked.</summary>
internal static class StoredVulnerabilities
{
    /// <summary>How many were new or newer. All or none, by the transaction of the command.</summary>
    public static async Task<int> MergeAsync(DeployHubDb db, IEnumerable<OsvRecord> records, CancellationToken cancellationToken)
    {
        var newest = records.GroupBy(record => record.Id).Select(same => same.MaxBy(record => record.Modified)!).ToDictionary(record => record.Id);
        var changed = await InsertAsync(db, [.. newest.Values.Select(Vulnerability.Of)], cancellationToken);
        if (changed.Count == 0) return 0;

        await db.VulnerablePackages.Where(package => changed.Contains(package.VulnerabilityId)).ExecuteDeleteAsync(cancellationToken);
        await InsertAsync(db, [.. changed.SelectMany(id => VulnerablePackage.Of(newest[id]))], cancellationToken);
        return changed.Count;
    }

    private static Task<List<string>> InsertAsync(DeployHubDb db, List<Vulnerability> all, CancellationToken cancellationToken)
    {
        var (ids, modified, withdrawn) = (all.Select(v => v.Id).ToArray(), all.Select(v => v.Modified).ToArray(), all.Select(v => v.Withdrawn).ToArray());
        var (aliases, summaries) = (all.Select(v => JsonSerializer.Serialize(v.Aliases, Json.Options)).ToArray(), all.Select(v => v.Summary).ToArray());
        var (severities, scores) = (all.Select(v => v.Severity?.ToString()).ToArray(), all.Select(v => v.Score).ToArray());
        return db.Database.SqlQuery<string>(
            $"""
            insert into vulnerabilities (id, modified, withdrawn, aliases, summary, severity, score)
            select id, modified, withdrawn, aliases::jsonb, summary, severity, score
            from unnest({ids}, {modified}, {withdrawn}, {aliases}, {summaries}, {severities}, {scores}) as record (id, modified, withdrawn, aliases, summary, severity, score)
            on conflict (id) do update set
              modified = excluded.modified, withdrawn = excluded.withdrawn, aliases = excluded.aliases, summary = excluded.summary, severity = excluded.severity, score = excluded.score
            where vulnerabilities.modified < excluded.modified
            returning id as "Value"
            """).ToListAsync(cancellationToken);
    }

    private static Task<int> InsertAsync(DeployHubDb db, List<VulnerablePackage> all, CancellationToken cancellationToken)
    {
        var (ids, ecosystems, names) = (all.Select(p => p.VulnerabilityId).ToArray(), all.Select(p => p.Ecosystem).ToArray(), all.Select(p => p.Name).ToArray());
        var affected = all.Select(p => JsonSerializer.Serialize(p.Affected, Json.Options)).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into vulnerable_packages (vulnerability_id, ecosystem, name, affected)
            select id, ecosystem, name, affected::jsonb from unnest({ids}, {ecosystems}, {names}, {affected}) as package (id, ecosystem, name, affected)
            """, cancellationToken);
    }
}
