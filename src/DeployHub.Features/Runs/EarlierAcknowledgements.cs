using System.Text.Json;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Finds who has acknowledged the versions that those of a plan declare to change: they read the difference alone (domain J12).</summary>
internal static class EarlierAcknowledgements
{
    public static async Task<IReadOnlyList<KnownAcknowledgement>> AcknowledgedBeforeAsync(
        this DeployHubDb db, Plan plan, IReadOnlyDictionary<ComponentVersionId, IReadOnlyDictionary<string, string>> manifests, CancellationToken cancellationToken)
    {
        var known = new List<KnownAcknowledgement>();
        foreach (var version in plan.Versions)
        {
            if (version.VersionId is not { } id || ChangeNote.In(manifests[id]) is not { } note) continue;
            var before = await db.ComponentVersions.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.ComponentId == version.ComponentId && candidate.Label == note.Since, cancellationToken);
            if (before is not null) known.AddRange(await db.AcknowledgementsOfAsync(before, cancellationToken));
        }

        return known;
    }

    private static async Task<IEnumerable<KnownAcknowledgement>> AcknowledgementsOfAsync(this DeployHubDb db, ComponentVersion version, CancellationToken cancellationToken)
    {
        var about = JsonSerializer.Serialize(new[] { new { versionId = version.Id } }, Json.Options);
        var runs = await db.Runs.FromSql($"select r.*, r.xmin from runs r where versions @> {about}::jsonb").AsNoTracking().Select(run => new { run.Id, run.Name }).ToDictionaryAsync(run => run.Id, run => run.Name, cancellationToken);
        var ids = runs.Keys.Select(id => id.Value).ToArray();
        var targetRuns = await db.TargetRuns.FromSql($"select * from target_runs where run_id = any({ids}) and steps @> {about}::jsonb").AsNoTracking().ToListAsync(cancellationToken);
        return from targetRun in targetRuns
               from step in targetRun.Steps
               where step.VersionId == version.Id && step.Settings is Acknowledge
               from reader in step.Readers ?? []
               where reader.ConfirmedAt is not null
               select new KnownAcknowledgement(version.ComponentId, reader.Person, new EarlierAcknowledgement(version.Label, reader.ConfirmedAt!.Value, runs[targetRun.RunId]));
    }
}
