using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Worker;

/// <summary>One running Execute for an environment and component, as the primary key of a table says.</summary>
internal static class RunLocks
{
    /// <summary>True when the run has all its locks now; otherwise it waits for the holder, who is named.</summary>
    public static async Task<bool> ObtainLocksAsync(this DeployHubDb db, Run run, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var components = run.Versions.Select(version => version.ComponentId).ToList();
        foreach (var component in components.OrderBy(component => component.Value)) // one order for all, so that two runs cannot block each other
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into environment_locks (environment_id, component_id, run_id, holder, since)
                values ({run.EnvironmentId.Value}, {component.Value}, {run.Id.Value}, {run.Name}, {at})
                on conflict do nothing
                """, cancellationToken);

        var other = await db.EnvironmentLocks
            .Where(held => held.EnvironmentId == run.EnvironmentId && components.Contains(held.ComponentId) && held.RunId != run.Id)
            .Select(held => held.Holder).FirstOrDefaultAsync(cancellationToken);
        if (other is null)
        {
            run.ObtainedLocks(await db.BaselinesAsync(run, cancellationToken), at);
            return true;
        }

        await db.EnvironmentLocks.Where(held => held.RunId == run.Id).ExecuteDeleteAsync(cancellationToken);
        run.WaitForLock(other, at);
        return false;
    }

    /// <summary>Runs that wait for a lock here, the earliest slot first.</summary>
    public static Task<List<RunId>> WaitersAsync(this DeployHubDb db, Run run, CancellationToken cancellationToken) =>
        (from waiting in db.Runs
         where waiting.EnvironmentId == run.EnvironmentId && waiting.WaitingFor == WaitingReason.Lock
         join deployment in db.Deployments on waiting.DeploymentId equals deployment.Id
         orderby deployment.Slot!.Start, waiting.QueuedAt
         select waiting.Id).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<Baseline>> BaselinesAsync(this DeployHubDb db, Run run, CancellationToken cancellationToken)
    {
        var targets = run.TargetRuns.Select(targetRun => targetRun.TargetId).OfType<Domain.Inventory.TargetId>().Distinct().ToList();
        var components = run.Versions.ToDictionary(version => version.ComponentId, version => version.Component);
        var ids = components.Keys.ToList();
        var observed = await (from seen in db.ObservedVersions
                              where targets.Contains(seen.TargetId) && ids.Contains(seen.ComponentId) && seen.VersionId != null
                              join version in db.ComponentVersions on seen.VersionId equals version.Id
                              select new { seen.TargetId, seen.ComponentId, version.Id, version.Label, version.Digest }).ToListAsync(cancellationToken);

        return
        [
            .. from target in targets
               from component in ids
               let seen = observed.Find(candidate => candidate.TargetId == target && candidate.ComponentId == component)
               select new Baseline(target, component, seen is null ? null : new MovedVersion(component, components[component], seen.Id, seen.Label, seen.Digest)),
        ];
    }
}
