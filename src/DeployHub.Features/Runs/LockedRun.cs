using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Campaigns;
using DeployHub.Features.Inventory;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>The one way to change runs: under their rows' locks, with their deployments following and their observations stored.</summary>
public static class LockedRun
{
    private static readonly TimeSpan PatienceWithOtherPools = TimeSpan.FromSeconds(15);

    /// <summary>Locks the run's row until the transaction ends, then loads it whole. Null when there is none.</summary>
    public static async Task<Run?> LockRunAsync(this DeployHubDb db, RunId id, CancellationToken cancellationToken) =>
        (await db.LockRunsAsync([id], cancellationToken)).SingleOrDefault();

    /// <summary>Locks several, in one order for all, so that two who want the same ones cannot block each other.</summary>
    public static async Task<IReadOnlyList<Run>> LockRunsAsync(this DeployHubDb db, IEnumerable<RunId> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Select(id => id.Value).ToArray();
        return await db.WholeAsync(
            await db.Runs.FromSql($"select r.*, r.xmin from runs r where id = any({wanted}) order by id for update").ToListAsync(cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Locks runs that are due and that nobody else has locked, the longest due first. Left to others are those whose every waiting target run
    /// belongs to a pool that is not among <paramref name="pools"/>: they stay due until a worker comes that serves it, and are looked at
    /// now and then all the same, because what time alone brings, such as the end of a slot, needs no worker of that pool.
    /// </summary>
    public static async Task<IReadOnlyList<Run>> LockDueRunsAsync(
        this DeployHubDb db, DateTimeOffset at, IEnumerable<RunId> besides, int most, IEnumerable<string> pools, CancellationToken cancellationToken)
    {
        var (known, served, longDue) = (besides.Select(id => id.Value).ToArray(), pools.ToArray(), at - PatienceWithOtherPools);
        return await db.WholeAsync(
            await db.Runs.FromSql(
                $"""
                select r.*, r.xmin from runs r
                where due_at <= {at} and id <> all({known})
                    and (due_at <= {longDue} or coalesce((
                        select bool_or(t.lease_until is not null or t.status = 'WaitingForPerson' or t.pool is null or t.pool = any({served}))
                        from target_runs t
                        where t.run_id = r.id and (t.status = 'Ready' and coalesce(t.due_at <= {at}, true) or t.status = 'WaitingForPerson' and t.due_at <= {at} or t.status = 'InProgress' and coalesce(t.lease_until, t.due_at) <= {at})
                    ), true))
                order by due_at limit {most} for update skip locked
                """).ToListAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Stores what the changes mean for others: observed versions and the deployments' states.</summary>
    public static async Task SettleAsync(this DeployHubDb db, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await ObserveAsync(db, [.. runs.SelectMany(run => run.TakeObservations(), (run, seen) => (run, seen))], at, cancellationToken);
        await FollowAsync(db, [.. runs.Where(run => run.IsOver || run.OpenHalt is not null || (run.Halts.Count > 0 && run.Halts[^1].Resolution?.At >= at))], at, cancellationToken);
    }

    private static async Task<IReadOnlyList<Run>> WholeAsync(this DeployHubDb db, List<Run> runs, CancellationToken cancellationToken)
    {
        var ids = runs.Select(run => run.Id).ToList();
        if (ids.Count > 0) await db.TargetRuns.Where(targetRun => ids.Contains(targetRun.RunId)).LoadAsync(cancellationToken); // after the lock, so that nothing is stale
        return runs;
    }

    private static async Task ObserveAsync(DeployHubDb db, List<(Run Run, Observation Seen)> observations, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (observations.Count == 0) return;

        var targets = observations.Select(observation => observation.Seen.TargetId).Distinct().ToList();
        var known = await db.ObservedVersions.Where(seen => targets.Contains(seen.TargetId)).ToDictionaryAsync(seen => (seen.TargetId, seen.ComponentId), cancellationToken);
        foreach (var (run, seen) in observations)
        {
            if (!known.TryGetValue((seen.TargetId, seen.ComponentId), out var there))
                db.ObservedVersions.Add(known[(seen.TargetId, seen.ComponentId)] = there = ObservedVersion.First(seen.TargetId, seen.ComponentId, seen.VersionId, run.Name, at));
            there.Deploy(seen.VersionId, run.Name, at);
        }

        await db.FollowDeployedAsync(observations, at, cancellationToken);
    }

    private static async Task FollowAsync(DeployHubDb db, List<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (runs.Count == 0) return;

        var ids = runs.Select(run => run.DeploymentId).ToList();
        var deployments = await db.Deployments.Where(deployment => ids.Contains(deployment.Id)).ToDictionaryAsync(deployment => deployment.Id, cancellationToken);
        foreach (var run in runs) deployments[run.DeploymentId].Follow(run, at);
        await db.RecordRehearsalsAsync([.. runs.Where(run => run.IsOver).Select(run => (run, deployments[run.DeploymentId])).Where(ended => ended.Item2.Plan.Rehearsal is not null)], cancellationToken);
        await db.FollowSuccessorsAsync([.. deployments.Values.Where(deployment => deployment.IsOver)], at, cancellationToken);
    }

    /// <summary>What these deployments supersede ends with them, and so do campaigns of which any of all these was the last.</summary>
    public static async Task FollowSuccessorsAsync(this DeployHubDb db, IReadOnlyList<Deployment> over, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ended = new List<Deployment>();
        for (var next = over; next.Count > 0; next = await db.EndSupersededAsync(next, at, cancellationToken)) ended.AddRange(next);
        await db.FollowCampaignsAsync(ended, at, cancellationToken); // once all are known: of two that end together neither is stored yet
    }

    private static async Task<IReadOnlyList<Deployment>> EndSupersededAsync(this DeployHubDb db, IReadOnlyList<Deployment> over, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ids = over.Select(deployment => (DeploymentId?)deployment.Id).ToList();
        var superseded = (await db.Deployments.Where(deployment => ids.Contains(deployment.SupersededBy)).ToListAsync(cancellationToken)).FindAll(deployment => !deployment.IsOver);
        foreach (var deployment in superseded) deployment.FollowSuccessor(over.Single(successor => successor.Id == deployment.SupersededBy), at);
        return superseded.FindAll(deployment => deployment.IsOver);
    }
}
