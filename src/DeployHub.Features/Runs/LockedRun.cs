using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>The one way to change a run: under its row's lock, with its deployment following and its observations stored.</summary>
public static class LockedRun
{
    /// <summary>Locks the run's row until the transaction ends, then loads it whole. Null when there is none.</summary>
    public static async Task<Run?> LockRunAsync(this DeployHubDb db, RunId id, CancellationToken cancellationToken)
    {
        var run = (await db.Runs.FromSql($"select r.*, r.xmin from runs r where id = {id.Value} for update").ToListAsync(cancellationToken)).SingleOrDefault();
        if (run is null) return null;

        await db.TargetRuns.Where(targetRun => targetRun.RunId == id).LoadAsync(cancellationToken); // after the lock, so that nothing is stale
        return run;
    }

    /// <summary>Stores what the change means for others: observed versions, the deployment's state, the locks of an ended run.</summary>
    public static async Task SettleAsync(this DeployHubDb db, Run run, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await ObserveAsync(db, run, at, cancellationToken);

        var deployment = db.Deployments.Local.SingleOrDefault(candidate => candidate.Id == run.DeploymentId);
        var mayDiffer = deployment is not null || run.IsOver || run.OpenHalt is not null || (run.Halts.Count > 0 && run.Halts[^1].Resolution?.At >= at);
        if (mayDiffer)
        {
            deployment ??= await db.Deployments.SingleAsync(candidate => candidate.Id == run.DeploymentId, cancellationToken);
            deployment.Follow(run, at);
        }

        if (run.IsOver) await db.EnvironmentLocks.Where(held => held.RunId == run.Id).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task ObserveAsync(DeployHubDb db, Run run, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var seen in run.TakeObservations())
        {
            var known = await db.ObservedVersions.FindAsync([seen.TargetId, seen.ComponentId], cancellationToken);
            if (known is null) db.ObservedVersions.Add(ObservedVersion.First(seen.TargetId, seen.ComponentId, seen.VersionId, run.Name, at));
            else known.Observe(seen.VersionId, run.Name, at);
        }
    }
}
