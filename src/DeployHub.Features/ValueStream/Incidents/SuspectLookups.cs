using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>From deployments to what the rule of domain M7 has to know of them.</summary>
internal static class SuspectLookups
{
    /// <summary>So many that began last are looked at for one incident.</summary>
    public const int Most = 50;

    /// <summary>Matches an incident with the deployments around its start. Doing it again changes nothing.</summary>
    public static async Task MatchAsync(this DeployHubDb db, Incident incident, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var needs = await db.NeededServicesAsync(incident.ServiceId, cancellationToken);
        var (linked, start) = (incident.Links.Select(link => link.DeploymentId).ToList(), incident.StartedAt);
        var earliest = start - SuspectDeployment.Observation;
        var near = await (await db.MovingAsync([incident.ServiceId, .. needs], cancellationToken))
            .Where(deployment => deployment.StartedAt <= start && (deployment.CompletedAt == null || deployment.CompletedAt >= earliest))
            .OrderByDescending(deployment => deployment.StartedAt).Take(Most).AsNoTracking().ToListAsync(cancellationToken);
        var others = await db.Deployments.AsNoTracking().Where(deployment => linked.Contains(deployment.Id)).ToListAsync(cancellationToken);
        incident.Match(await db.SuspectsAsync([.. near.UnionBy(others, deployment => deployment.Id)], cancellationToken), needs, at);
    }

    /// <summary>Real deployments that move a component of one of the services.</summary>
    public static async Task<IQueryable<Deployment>> MovingAsync(this DeployHubDb db, IReadOnlyCollection<ServiceId> services, CancellationToken cancellationToken)
    {
        var components = await db.Components.Where(component => services.Contains(component.ServiceId)).Select(component => component.Id).ToListAsync(cancellationToken);
        var ids = components.Select(component => component.Value).ToArray();
        return db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.component_ids && {ids} and d.plan ->> 'rehearsal' is null");
    }

    public static async Task<SuspectDeployment> SuspectAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken) =>
        (await db.SuspectsAsync([deployment], cancellationToken))[0];

    public static async Task<IReadOnlyList<SuspectDeployment>> SuspectsAsync(this DeployHubDb db, IReadOnlyCollection<Deployment> deployments, CancellationToken cancellationToken)
    {
        var (ids, moved) = (deployments.Select(deployment => deployment.Id).ToList(), deployments.SelectMany(deployment => deployment.Plan.Versions, (_, version) => version.ComponentId).Distinct().ToList());
        var executed = await db.ExecutedAsync(ids, cancellationToken);
        var owners = await db.Components.Where(component => moved.Contains(component.Id)).ToDictionaryAsync(component => component.Id, component => component.ServiceId, cancellationToken);
        return
        [
            .. deployments.Select(deployment => new SuspectDeployment(
                deployment.Id, deployment.Number, [.. deployment.Plan.Versions.Select(version => owners[version.ComponentId]).Distinct()], deployment.EnvironmentId, deployment.Plan.IsLive,
                executed.TryGetValue(deployment.Id, out var first) ? first : null, deployment.CompletedAt)),
        ];
    }

    /// <summary>When the first run of each began to touch targets; those of which none did are missing.</summary>
    private static async Task<IReadOnlyDictionary<DeploymentId, DateTimeOffset>> ExecutedAsync(this DeployHubDb db, IReadOnlyCollection<DeploymentId> deployments, CancellationToken cancellationToken)
    {
        var runs = await db.Runs.AsNoTracking().Where(run => deployments.Contains(run.DeploymentId)).Select(run => new { run.DeploymentId, run.Stages }).ToListAsync(cancellationToken);
        return runs.Select(run => new { run.DeploymentId, At = run.Stages[(int)Stage.Execute].BeganAt }).Where(run => run.At is not null)
            .GroupBy(run => run.DeploymentId).ToDictionary(first => first.Key, first => first.Min(run => run.At!.Value));
    }
}
