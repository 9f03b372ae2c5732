using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>When others hold a lock that a deployment needs, which nobody can accept, or a slot is kept for them: such a time is not free.</summary>
internal static class TakenTimes
{
    /// <summary>So many slots of others, the next ones.</summary>
    private const int Most = 500;

    /// <summary>Slots of others in the same environment that bring one of the same components, and those that are reserved there.</summary>
    public static async Task<IReadOnlyList<Occurrence>> TakenTimesAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var components = deployment.Plan.Versions.Select(version => version.ComponentId.Value.ToString()).Distinct().ToArray();
        var taken = await db.Database.SqlQuery<Taken>(
            $"""
            select other.slot_start, other.slot_end from deployments other
            where other.environment_id = {deployment.EnvironmentId.Value} and other.id <> {deployment.Id.Value} and other.slot_end > {at}
              and other.status in ('InReview', 'Scheduled', 'InProgress', 'Halted')
              and exists (select from jsonb_array_elements(other.plan -> 'versions') version where version ->> 'componentId' = any({components}))
            order by other.slot_start
            limit {Most}
            """).ToListAsync(cancellationToken);
        return [.. taken.Select(slot => new Occurrence(slot.SlotStart, slot.SlotEnd)), .. await db.ReservedTimesAsync(deployment.EnvironmentId, at, deployment.Number, cancellationToken)];
    }

    private sealed record Taken(DateTimeOffset SlotStart, DateTimeOffset SlotEnd);
}
