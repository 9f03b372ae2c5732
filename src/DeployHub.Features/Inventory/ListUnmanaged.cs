using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Version changes on live environments that no run had caused, the newest first, a page at a time.</summary>
/// <param name="Environment">Key of the only environment wanted.</param>
/// <param name="All">True to see those that are explained, too.</param>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListUnmanaged(string? Environment = null, bool All = false, string? After = null, int? Limit = null) : IQuery<Page<ListUnmanaged.Row>>
{
    /// <param name="Observed">The label that was seen, or <c>absent</c>.</param>
    /// <param name="Targets">On how many targets.</param>
    /// <param name="SeenAt">When it was first seen.</param>
    public sealed record Row(
        string Number, string Environment, string EnvironmentName, string Component, string Observed, UnmanagedStatus Status, int Targets, DateTimeOffset SeenAt, string RecordedBy, Explanation? Explanation);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListUnmanaged, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListUnmanaged query, CancellationToken cancellationToken)
        {
            var records = db.UnmanagedDeployments.AsNoTracking();
            if (query.After is { } after) records = records.Where(record => record.Number.CompareTo(after) < 0);
            if (!query.All) records = records.Where(record => record.Status == UnmanagedStatus.Unmanaged);
            if (query.Environment is { } key) records = records.Where(record => db.Environments.Any(known => known.Id == record.EnvironmentId && known.Key == key));
            return Page.Of(await RowsAsync(db, records.OrderByDescending(record => record.Number).Take(Page.Size(query.Limit) + 1), cancellationToken), query.Limit, row => row.Number);
        }
    }

    internal static async Task<List<Row>> RowsAsync(DeployHubDb db, IQueryable<UnmanagedDeployment> records, CancellationToken cancellationToken)
    {
        var rows = await (from record in records
                          join environment in db.Environments on record.EnvironmentId equals environment.Id
                          join component in db.Components on record.ComponentId equals component.Id
                          orderby record.Number descending
                          select new { Record = record, environment.Key, environment.Name, Component = component.Key, Targets = db.DriftItems.Where(item => item.UnmanagedId == record.Id).Select(item => item.TargetId).Distinct().Count() })
            .AsNoTracking().ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new Row(
            row.Record.Number, row.Key, row.Name, row.Component, row.Record.Observed, row.Record.Status, row.Targets, row.Record.SeenAt, row.Record.RecordedBy.Name, row.Record.Explanation));
    }
}
