using DeployHub.Domain.Deployments;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>Deployments whose plans name an incident. Nothing about that is stored with the incident.</summary>
internal static class FixLookups
{
    private const int Most = 20;

    /// <summary>The newest first. Where several tools use the same reference, a deployment is about the incident whose service it moves.</summary>
    public static async Task<IReadOnlyList<ShowIncident.Fix>> FixesAsync(this DeployHubDb db, Incident incident, CancellationToken cancellationToken) =>
    [
        .. (await (await db.NamingAsync(incident, cancellationToken)).OrderByDescending(deployment => deployment.CreatedAt).Take(Most).AsNoTracking().ToListAsync(cancellationToken))
            .Select(deployment => new ShowIncident.Fix(
                deployment.Number, deployment.Title, deployment.Plan.Environment, deployment.Status, deployment.Outcome, deployment.CompletedAt, incident.IsRestoredBy(deployment))),
    ];

    private static async Task<IQueryable<Deployment>> NamingAsync(this DeployHubDb db, Incident incident, CancellationToken cancellationToken)
    {
        var reference = incident.Reference;
        var isOnlyOne = !await db.Incidents.AnyAsync(other => other.Reference == reference && other.Id != incident.Id, cancellationToken);
        return (isOnlyOne ? db.Deployments : await db.MovingAsync([incident.ServiceId], cancellationToken)).Where(deployment => EF.Property<string?>(deployment, "Incident") == reference);
    }
}
