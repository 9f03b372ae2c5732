using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>The incident that a deployment is for, whether it restored it, and the incidents that it may have caused.</summary>
/// <param name="Number">Of the deployment.</param>
public sealed record ShowDeploymentIncidents(string Number) : IQuery<Result<ShowDeploymentIncidents.View>>
{
    /// <param name="For">The incident that its plan names; null where it names none that is known.</param>
    /// <param name="Links">Incidents that it may have caused, the newest first; at most 50.</param>
    public sealed record View(Named? For, IReadOnlyList<Link> Links);

    /// <param name="IsRestored">The deployment succeeded in a live environment after it began.</param>
    public sealed record Named(string Reference, string Source, string Title, int Severity, DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt, bool IsRestored);

    public sealed record Link(string Reference, string Source, string Title, int Severity, DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt, Attribution Attribution);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowDeploymentIncidents, Result<View>>
    {
        private const int Most = 50;

        public async ValueTask<Result<View>> Handle(ShowDeploymentIncidents query, CancellationToken cancellationToken)
        {
            var deployment = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken);
            if (deployment is null) return Error.NotFound("deployment", query.Number);

            var links = await (from link in db.IncidentLinks
                               where link.DeploymentId == deployment.Id
                               join incident in db.Incidents on link.IncidentId equals incident.Id
                               orderby incident.StartedAt descending
                               select new Link(incident.Reference, incident.Source, incident.Title, incident.Severity, incident.StartedAt, incident.ResolvedAt, link.Attribution))
                .Take(Most).ToListAsync(cancellationToken);
            return new View(await NamedAsync(deployment, cancellationToken), links);
        }

        /// <summary>Where several tools have the reference, it is the incident of a service that the deployment moves.</summary>
        private async Task<Named?> NamedAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            if (deployment.Plan.Incident is not { } named) return null;

            var reference = Incident.Written(named);
            var found = await db.Incidents.AsNoTracking().Where(incident => incident.Reference == reference).ToListAsync(cancellationToken);
            if (found.Count > 1)
            {
                var services = (await db.SuspectAsync(deployment, cancellationToken)).Services;
                found.RemoveAll(incident => !services.Contains(incident.ServiceId));
            }

            return found.MaxBy(incident => incident.StartedAt) is { } incident
                ? new Named(incident.Reference, incident.Source, incident.Title, incident.Severity, incident.StartedAt, incident.ResolvedAt, incident.IsRestoredBy(deployment))
                : null;
        }
    }
}
