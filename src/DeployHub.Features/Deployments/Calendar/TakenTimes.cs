using System.Text.Json;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>
/// When others hold a lock that a plan needs, which nobody can accept, or a slot is kept for them: such a time is not free. One question for
/// everybody who looks for a free slot.
/// </summary>
internal static class TakenTimes
{
    /// <summary>So many slots of others are told for one plan, the next ones.</summary>
    private const int Most = 500;

    /// <summary>From a moment on, for the components of a deployment.</summary>
    public static async Task<IReadOnlyList<Occurrence>> TakenTimesAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset from, CancellationToken cancellationToken) =>
        [.. (await db.TakenTimesAsync([deployment], from, cancellationToken))[deployment.Id]];

    /// <summary>The same for several deployments at once.</summary>
    public static Task<ILookup<DeploymentId, Occurrence>> TakenTimesAsync(
        this DeployHubDb db, IReadOnlyCollection<Deployment> deployments, DateTimeOffset from, CancellationToken cancellationToken) =>
        db.TakenAsync([.. deployments.Select(deployment => new Wanted(deployment.Id.Value, deployment.EnvironmentId.Value, deployment.ComponentIds))], from, cancellationToken);

    /// <summary>The same for components that are to be moved to an environment.</summary>
    /// <param name="mine">The deployment for which that is asked, whose own slots are not another's; the default where there is none yet.</param>
    public static async Task<IReadOnlyList<Occurrence>> TakenTimesAsync(
        this DeployHubDb db, EnvironmentId environment, IEnumerable<ComponentId> components, DeploymentId mine, DateTimeOffset from, CancellationToken cancellationToken) =>
        [.. (await db.TakenAsync([new Wanted(mine.Value, environment.Value, [.. components.Select(component => component.Value)])], from, cancellationToken))[mine]];

    private static async Task<ILookup<DeploymentId, Occurrence>> TakenAsync(this DeployHubDb db, IReadOnlyList<Wanted> wanted, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var mine = JsonSerializer.Serialize(wanted, Json.Options);
        var taken = await db.Database.SqlQuery<Taken>(
            $"""
            select mine.id, held.starts_at, held.ends_at
            from jsonb_to_recordset({mine}::jsonb) as mine (id uuid, environment uuid, components uuid[])
            cross join lateral (
                select other.slot_start as starts_at, other.slot_end as ends_at
                from deployments other
                where other.environment_id = mine.environment and other.id <> mine.id and other.slot_end > {from} and other.component_ids && mine.components
                  and other.status in ('InReview', 'Scheduled', 'InProgress', 'Halted')
                union all
                select exception.reserved_start, exception.reserved_end
                from freeze_exceptions exception
                join deployments other on other.id = exception.deployment_id
                where exception.status = 'Requested' and exception.reserved_end > {from}
                  and other.environment_id = mine.environment and other.id <> mine.id and other.component_ids && mine.components
                  and other.status in ('Draft', 'InReview', 'Scheduled', 'InProgress', 'Halted')
                order by starts_at
                limit {Most}) held
            """).ToListAsync(cancellationToken);
        return taken.ToLookup(slot => new DeploymentId(slot.Id), slot => new Occurrence(slot.StartsAt, slot.EndsAt));
    }

    private sealed record Wanted(Guid Id, Guid Environment, IReadOnlyList<Guid> Components);

    private sealed record Taken(Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt);
}
