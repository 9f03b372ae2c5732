using DeployHub.Domain.Notifications;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.ValueStream.Incidents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace DeployHub.Features.Notifications;

/// <summary>Whoever deployed what may have caused an incident is told, with what is stored.</summary>
internal static class IncidentOutbox
{
    /// <param name="tracked">Everything that is about to be saved.</param>
    public static async Task TellOfIncidentsAsync(this DeployHubDb db, IReadOnlyList<EntityEntry> tracked, CancellationToken cancellationToken)
    {
        var suspected = tracked.Where(entry => entry is { Entity: IncidentLink, State: EntityState.Added }).Select(entry => (IncidentLink)entry.Entity).ToList();
        if (suspected.Count == 0) return;

        var incidents = tracked.Select(entry => entry.Entity).OfType<Incident>().ToDictionary(incident => incident.Id);
        var ids = suspected.ConvertAll(link => link.DeploymentId);
        var deployments = await db.Deployments.AsNoTracking().Where(deployment => ids.Contains(deployment.Id)).ToDictionaryAsync(deployment => deployment.Id, cancellationToken);
        foreach (var link in suspected)
        {
            var (incident, deployment, first) = (incidents[link.IncidentId], deployments[link.DeploymentId], link.History[0]);
            var operators = await db.OperatorsOfAsync(deployment, cancellationToken);
            db.Happenings.Add(Happening.Of(
                EventTypes.IncidentSuspected, incident.Reference,
                $"{deployment.Number} may have caused {incident.Reference} of severity {incident.Severity}, “{incident.Title}”. Say whether it did.",
                IncidentLookups.PathOf(incident.Reference, incident.Source), first.By, first.At, operators.Select(person => person.Id),
                new Dictionary<string, object?> { ["incident"] = incident.Reference, ["source"] = incident.Source, ["severity"] = incident.Severity }, deployment: deployment.Id));
        }
    }
}
