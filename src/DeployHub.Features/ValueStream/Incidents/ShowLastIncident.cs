using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>The incident that began last and, while any is open, the gravest of those: what a room should see from afar.</summary>
public sealed record ShowLastIncident : IQuery<ShowLastIncident.View>
{
    /// <param name="Last">Null where none was ever reported.</param>
    /// <param name="Open">How many are not over.</param>
    public sealed record View(ListIncidents.Row? Last, int Open);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowLastIncident, View>
    {
        public async ValueTask<View> Handle(ShowLastIncident query, CancellationToken cancellationToken)
        {
            var open = await db.Incidents.CountAsync(incident => incident.ResolvedAt == null, cancellationToken);
            var first = open > 0
                ? db.Incidents.Where(incident => incident.ResolvedAt == null).OrderBy(incident => incident.Severity).ThenByDescending(incident => incident.StartedAt)
                : db.Incidents.OrderByDescending(incident => incident.StartedAt);
            var id = await first.Select(incident => incident.Id).Take(1).ToListAsync(cancellationToken);
            var rows = await ListIncidents.RowsAsync(db, db.Incidents.Where(incident => id.Contains(incident.Id)), 1, cancellationToken);
            return new View(rows.FirstOrDefault()?.Row, open);
        }
    }
}
