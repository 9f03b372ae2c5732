using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>What a service suffers from now, at severity 1 or 2, and what was deployed last to it and to the services it depends on (journey J5).</summary>
/// <param name="Service">Its key.</param>
public sealed record ShowServiceIncidents(string Service) : IQuery<Result<ShowServiceIncidents.View>>
{
    /// <param name="Open">The gravest first, at most 10.</param>
    /// <param name="Suspects">The last 3 deployments to live environments; none while nothing is open.</param>
    public sealed record View(IReadOnlyList<Row> Open, IReadOnlyList<Suspect> Suspects);

    /// <param name="Environment">Key of the environment where an emergency would be deployed; null where the service is in none that is live.</param>
    /// <param name="RestoredBy">The deployment that names it and succeeded; null while none did.</param>
    public sealed record Row(string Reference, string Source, string Title, int Severity, string? Environment, DateTimeOffset StartedAt, string? RestoredBy);

    /// <param name="Deployment">Its number.</param>
    public sealed record Suspect(string Deployment, string Title, string Environment, DeploymentStatus Status, Outcome? Outcome, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowServiceIncidents, Result<View>>
    {
        private const int Most = 10;
        private const int MostSuspects = 3;

        public async ValueTask<Result<View>> Handle(ShowServiceIncidents query, CancellationToken cancellationToken)
        {
            var service = await db.Services.AsNoTracking().SingleOrDefaultAsync(service => service.Key == query.Service, cancellationToken);
            if (service is null) return Error.NotFound("service", query.Service);

            var open = await db.Incidents.AsNoTracking().Where(incident => incident.ServiceId == service.Id && incident.ResolvedAt == null && incident.Severity <= Incident.Severe)
                .OrderBy(incident => incident.Severity).ThenByDescending(incident => incident.StartedAt).Take(Most).ToListAsync(cancellationToken);
            if (open.Count == 0) return new View([], []);

            var live = await LiveEnvironmentAsync(service.Id, cancellationToken);
            List<Row> rows = [];
            foreach (var incident in open) rows.Add(await RowOfAsync(incident, live, cancellationToken));
            return new View(rows, await SuspectsAsync(service.Id, cancellationToken));
        }

        private async Task<Row> RowOfAsync(Incident incident, string? live, CancellationToken cancellationToken)
        {
            var environment = await db.Environments.Where(known => known.Id == incident.EnvironmentId).Select(known => known.Key).SingleOrDefaultAsync(cancellationToken) ?? live;
            var fixes = await db.FixesAsync(incident, cancellationToken);
            return new Row(
                incident.Reference, incident.Source, incident.Title, incident.Severity, environment, incident.StartedAt, fixes.Where(fix => fix.Restores).MaxBy(fix => fix.CompletedAt)?.Deployment);
        }

        private async Task<IReadOnlyList<Suspect>> SuspectsAsync(ServiceId service, CancellationToken cancellationToken)
        {
            var moving = await db.MovingAsync([service, .. await db.NeededServicesAsync(service, cancellationToken)], cancellationToken);
            var last = await moving.Where(deployment => deployment.StartedAt != null && db.Environments.Any(environment => environment.Id == deployment.EnvironmentId && environment.IsLive))
                .OrderByDescending(deployment => deployment.StartedAt).Take(MostSuspects).AsNoTracking().ToListAsync(cancellationToken);
            return last.ConvertAll(deployment => new Suspect(
                deployment.Number, deployment.Title, deployment.Plan.Environment, deployment.Status, deployment.Outcome, deployment.StartedAt!.Value, deployment.CompletedAt));
        }

        private Task<string?> LiveEnvironmentAsync(ServiceId service, CancellationToken cancellationToken) => (
            from seen in db.ObservedVersions
            join component in db.Components on seen.ComponentId equals component.Id
            join target in db.Targets on seen.TargetId equals target.Id
            join environment in db.Environments on target.EnvironmentId equals environment.Id
            where component.ServiceId == service && target.RetiredAt == null && environment.IsLive
            orderby environment.Order, environment.Key
            select environment.Key).FirstOrDefaultAsync(cancellationToken);
    }
}
