using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Which targets are looked at, and when.</summary>
public static class DueScans
{
    /// <summary>A run that is not over, halted or not, works on target <c>t</c> or has touched it.</summary>
    private const string IsBeingChanged =
        """
        exists (select from target_runs r join runs on runs.id = r.run_id
                where runs.ended_at is null and r.target_id = t.id
                    and (r.status = 'InProgress' or (r.stage = 'Execute' and r.status not in ('Pending', 'Unchanged', 'NotStarted'))))
        """;

    private const string OneTarget = $$"""select {{IsBeingChanged}} as "Value" from targets t where t.id = {0}""";

    private const string DueTargets =
        $$"""
        select t.*, t.xmin from targets t join environments e on e.id = t.environment_id left join drift_scans s on s.target_id = t.id
        where e.watch is not null and t.retired_at is null and t.connection ->> 'kind' <> 'manual' and t.pool = any({1})
            and (s.due_at <= {0} or (s.due_at is null and e.watch ->> 'every' is not null))
            and not {{IsBeingChanged}}
        order by s.due_at nulls first, t.id limit 1 for no key update of t skip locked
        """;

    /// <summary>Makes the targets of a watched environment due and rings for their pools when that is committed. Answers how many they are.</summary>
    internal static async Task<int> AskForScansAsync(this DeployHubDb db, Doorbell doorbell, string environment, TargetId? only, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var target = only?.Value;
        var pools = await db.Database.SqlQuery<string>(
            $"""
            with asked as (
                insert into drift_scans (target_id, due_at, fence)
                select t.id, {at}, 0 from targets t join environments e on e.id = t.environment_id
                where e.key = {environment} and e.watch is not null and t.retired_at is null and t.connection ->> 'kind' <> 'manual' and ({target}::uuid is null or t.id = {target})
                order by t.id
                on conflict (target_id) do update set due_at = excluded.due_at, fence = drift_scans.fence + 1
                returning target_id)
            select t.pool from asked join targets t on t.id = asked.target_id
            """).ToListAsync(cancellationToken);
        foreach (var pool in pools.Distinct()) db.AfterCommit.Add(() => doorbell.Ring(pool));
        return pools.Count;
    }

    /// <summary>Those that are looked at on a schedule are due now; the sweep finds them.</summary>
    internal static Task<int> LookSoonAsync(this DeployHubDb db, IReadOnlyList<TargetId> targets, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ids = targets.Select(target => target.Value).ToArray();
        return db.Database.ExecuteSqlAsync($"update drift_scans set due_at = {at}, fence = fence + 1 where target_id = any({ids}) and due_at > {at}", cancellationToken);
    }

    /// <summary>
    /// Locks a target that is due and that nobody else has locked, or none: asked for, or never looked at although their environment is looked at on a
    /// schedule. One that a run changes waits until that run is over, because a half-made change is no drift.
    /// </summary>
    public static async Task<Target?> LockDueForScanAsync(this DeployHubDb db, DateTimeOffset at, IEnumerable<string> pools, CancellationToken cancellationToken) =>
        (await db.Targets.FromSqlRaw(DueTargets, at, pools.ToArray()).ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>Locks the target of a look that is over. Answers whether a run changes it by now, so that what was seen may be half a change.</summary>
    public static async Task<bool> LockLookedAtAsync(this DeployHubDb db, TargetId target, CancellationToken cancellationToken)
    {
        await db.LockTargetAsync(target, cancellationToken);
        return (await db.Database.SqlQueryRaw<bool>(OneTarget, target.Value).ToListAsync(cancellationToken)).Contains(true);
    }
}
