using System.Globalization;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>Incidents a page at a time: those with a link that nobody has decided about come first, then the newest.</summary>
/// <param name="Service">Key of the only service wanted.</param>
/// <param name="Reference">Only those that a tool calls so.</param>
/// <param name="Open">True for those that are not over.</param>
/// <param name="Undecided">True for those with a link that nobody has decided about.</param>
/// <param name="After">The cursor of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListIncidents(string? Service = null, string? Reference = null, bool Open = false, bool Undecided = false, string? After = null, int? Limit = null) : IQuery<Page<ListIncidents.Row>>
{
    /// <param name="Source">Key of the tool that it comes from.</param>
    /// <param name="Environment">Key of the environment; null where nobody said.</param>
    /// <param name="Suspected">How many deployments wait for a decision.</param>
    /// <param name="Confirmed">How many deployments caused it.</param>
    public sealed record Row(
        string Reference, string Source, string Title, int Severity, string Service, string ServiceName, string? Environment, DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt, int Suspected, int Confirmed)
    {
        public bool IsOpen => ResolvedAt is null;
    }

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListIncidents, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListIncidents query, CancellationToken cancellationToken)
        {
            var incidents = Cursor.Read(query.After) is (var isUndecided, var startedAt, var id)
                ? db.Incidents.FromSql($"select i.*, i.xmin from incidents i where (i.is_undecided, i.started_at, i.id) < ({isUndecided}, {startedAt}, {id})")
                : db.Incidents;
            if (query.Open) incidents = incidents.Where(incident => incident.ResolvedAt == null);
            if (query.Undecided) incidents = incidents.Where(incident => incident.IsUndecided);
            if (query.Reference is { Length: > 0 } reference && Incident.Written(reference) is var written) incidents = incidents.Where(incident => incident.Reference == written);
            if (query.Service is { Length: > 0 } key) incidents = incidents.Where(incident => db.Services.Any(service => service.Id == incident.ServiceId && service.Key == key));

            var found = await RowsAsync(db, incidents, Page.Size(query.Limit) + 1, cancellationToken);
            var page = Page.Of(found, query.Limit, row => row.Cursor.ToString());
            return new Page<Row>([.. page.Rows.Select(one => one.Row)], page.Next);
        }
    }

    /// <param name="Row">As it is shown.</param>
    /// <param name="Cursor">Where it stands in the list.</param>
    internal sealed record Placed(Row Row, Cursor Cursor);

    internal static async Task<List<Placed>> RowsAsync(DeployHubDb db, IQueryable<Incident> incidents, int most, CancellationToken cancellationToken)
    {
        var rows = await (from incident in incidents
                          join service in db.Services on incident.ServiceId equals service.Id
                          orderby incident.IsUndecided descending, incident.StartedAt descending, incident.Id descending
                          select new
                          {
                              incident.Id,
                              incident.IsUndecided,
                              incident.Reference,
                              incident.Source,
                              incident.Title,
                              incident.Severity,
                              incident.StartedAt,
                              incident.ResolvedAt,
                              Service = service.Key,
                              ServiceName = service.Name,
                              Environment = db.Environments.Where(environment => environment.Id == incident.EnvironmentId).Select(environment => environment.Key).FirstOrDefault(),
                              Suspected = db.IncidentLinks.Count(link => link.IncidentId == incident.Id && link.Attribution == Attribution.Suspected),
                              Confirmed = db.IncidentLinks.Count(link => link.IncidentId == incident.Id && link.Attribution == Attribution.Confirmed),
                          }).Take(most).AsNoTracking().ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new Placed(
            new Row(row.Reference, row.Source, row.Title, row.Severity, row.Service, row.ServiceName, row.Environment, row.StartedAt, row.ResolvedAt, row.Suspected, row.Confirmed),
            new Cursor(row.IsUndecided, row.StartedAt, row.Id.Value)));
    }

    /// <summary>Where a row stands: as the list is ordered.</summary>
    internal sealed record Cursor(bool IsUndecided, DateTimeOffset StartedAt, Guid Id)
    {
        /// <summary>Null for what is none: the list then begins with its first page.</summary>
        public static Cursor? Read(string? text) =>
            text?.Split('.') is [var undecided, var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(id, "N", out var guid)
                ? new Cursor(undecided == "1", new DateTimeOffset(at, TimeSpan.Zero), guid)
                : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsUndecided ? 1 : 0)}.{StartedAt.UtcTicks}.{Id:N}");
    }
}
