using DeployHub.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Data;

/// <summary>What an ended run held is free, and whoever waits there falls due, in the order of their slots.</summary>
internal static class ReleasedLocks
{
    /// <summary>A waiting run that somebody has locked right now is just looking for itself.</summary>
    public static Task<int> ReleaseLocksAsync(this DeployHubDb db, IReadOnlyList<Run> ended, CancellationToken cancellationToken)
    {
        var (ids, at) = (ended.Select(run => run.Id.Value).ToArray(), ended.Max(run => run.EndedAt));
        return db.Database.ExecuteSqlAsync(
            $"""
            with released as (
                delete from environment_locks where run_id = any({ids}) returning environment_id),
            waiting as (
                select id, deployment_id, queued_at from runs
                where status = 'Waiting' and waiting_for = 'Lock' and environment_id in (select environment_id from released)
                for update skip locked),
            queue as (
                select waiting.id, row_number() over (order by slot_start nulls last, queued_at) as place
                from waiting join deployments on deployments.id = deployment_id)
            update runs set due_at = {at} + queue.place * interval '1 microsecond' from queue where runs.id = queue.id
            """, cancellationToken);
    }
}
