using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>One incident: what is known of it, which deployments may have caused it, and which name it, with the one that restored it.</summary>
/// <param name="Source">Key of its tool; null for the one that has none, else the only one there is.</param>
public sealed record ShowIncident(string Reference, string? Source = null) : IQuery<Result<ShowIncident.View>>
{
    /// <param name="Source">Key of the tool that it comes from.</param>
    /// <param name="Environment">Key of the environment; null where nobody said.</param>
    /// <param name="Address">Where it is kept in its tool.</param>
    /// <param name="Links">Those that nobody has decided about first.</param>
    /// <param name="Fixes">Deployments that name it, the newest first; at most 20.</param>
    /// <param name="RestoredBy">The last of them that succeeded in a live environment after it began; null while none did.</param>
    public sealed record View(
        string Reference, string Source, string Title, int Severity, string Service, string ServiceName, string? Environment, string? EnvironmentName, DateTimeOffset StartedAt,
        DateTimeOffset? ResolvedAt, string? ResolvedBy, string? Address, string ReportedBy, DateTimeOffset ReportedAt, IReadOnlyList<Suspect> Links, IReadOnlyList<Fix> Fixes, Fix? RestoredBy)
    {
        public bool IsOpen => ResolvedAt is null;
    }

    /// <param name="Deployment">Its number.</param>
    /// <param name="ExecutedAt">When it began to touch targets; null where it never did.</param>
    /// <param name="MayHaveCaused">It had touched something before the incident began: only then it can be confirmed.</param>
    /// <param name="History">Who suspected and decided, when and why.</param>
    public sealed record Suspect(
        string Deployment, string Title, string Environment, DeploymentStatus Status, Outcome? Outcome, DateTimeOffset? ExecutedAt, DateTimeOffset? CompletedAt, Attribution Attribution, bool IsByHand,
        bool MayHaveCaused, IReadOnlyList<AttributionEvent> History);

    /// <param name="Deployment">Its number.</param>
    /// <param name="Restores">It succeeded in a live environment after the incident began.</param>
    public sealed record Fix(string Deployment, string Title, string Environment, DeploymentStatus Status, Outcome? Outcome, DateTimeOffset? CompletedAt, bool Restores);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowIncident, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowIncident query, CancellationToken cancellationToken)
        {
            var found = await db.FindIncidentAsync(query.Reference, query.Source, cancellationToken);
            if (found.Error is { } missing) return missing;

            var incident = found.Value;
            var service = await db.Services.AsNoTracking().SingleAsync(service => service.Id == incident.ServiceId, cancellationToken);
            var environment = incident.EnvironmentId is { } id ? await db.Environments.AsNoTracking().SingleAsync(environment => environment.Id == id, cancellationToken) : null;
            var fixes = await db.FixesAsync(incident, cancellationToken);
            return new View(
                incident.Reference, incident.Source, incident.Title, incident.Severity, service.Key, service.Name, environment?.Key, environment?.Name, incident.StartedAt,
                incident.ResolvedAt, incident.ResolvedBy?.Name, incident.Address, incident.ReportedBy.Name, incident.ReportedAt, await LinksAsync(incident, cancellationToken), fixes,
                fixes.Where(fix => fix.Restores).MaxBy(fix => fix.CompletedAt));
        }

        private async Task<IReadOnlyList<Suspect>> LinksAsync(Incident incident, CancellationToken cancellationToken)
        {
            var ids = incident.Links.Select(link => link.DeploymentId).ToList();
            var deployments = await db.Deployments.AsNoTracking().Where(deployment => ids.Contains(deployment.Id)).ToListAsync(cancellationToken);
            var suspects = (await db.SuspectsAsync(deployments, cancellationToken)).ToDictionary(suspect => suspect.Id);
            return
            [
                .. from link in incident.Links
                   join deployment in deployments on link.DeploymentId equals deployment.Id
                   orderby link.Attribution, deployment.StartedAt descending
                   let suspect = suspects[deployment.Id]
                   select new Suspect(
                       deployment.Number, deployment.Title, deployment.Plan.Environment, deployment.Status, deployment.Outcome, suspect.ExecutedAt, deployment.CompletedAt, link.Attribution, link.IsByHand,
                       suspect.MayHaveCaused(incident), link.History),
            ];
        }
    }
}
