using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Deployments.Calendar;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>Whoever deployed what may have caused an incident is reminded once when nobody has decided for 5 working days (domain M7).</summary>
internal static class IncidentReminders
{
    private const int AtOnce = 100;
    private const int WorkingDays = 5;

    public static async Task RemindOfIncidentsAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var before = at.AddDays(-WorkingDays); // working days take at least as long
        var waiting = await (from link in db.IncidentLinks
                             where link.Attribution == Attribution.Suspected && link.RemindedAt == null
                             join incident in db.Incidents on link.IncidentId equals incident.Id
                             where incident.IsUndecided && incident.ReportedAt < before
                             join deployment in db.Deployments on link.DeploymentId equals deployment.Id
                             orderby incident.ReportedAt, deployment.Number
                             select new { Link = link, Incident = incident, Deployment = deployment }).Take(AtOnce).ToListAsync(cancellationToken);
        if (waiting.Count == 0) return;

        var (today, working) = (DateOnly.FromDateTime(at.UtcDateTime), await db.WorkingDaysAsync(cancellationToken));
        foreach (var asked in waiting.Where(asked => working.After(asked.Link.History[^1].At, WorkingDays) <= today))
        {
            var (incident, deployment) = (asked.Incident, asked.Deployment);
            var operators = await db.OperatorsOfAsync(deployment, cancellationToken);
            db.Happenings.Add(Happening.Of(
                EventTypes.IncidentUndecided, incident.Reference, $"Nobody has said for {WorkingDays} working days whether {deployment.Number} caused {incident.Reference}, “{incident.Title}”.",
                IncidentLookups.PathOf(incident.Reference, incident.Source), Actor.System, at, operators.Select(person => person.Id),
                new Dictionary<string, object?> { ["incident"] = incident.Reference, ["source"] = incident.Source, ["severity"] = incident.Severity }, deployment: deployment.Id));
            asked.Link.Remind(at);
        }
    }
}
