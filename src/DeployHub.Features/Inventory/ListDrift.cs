using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Differences between desired and observed state in an environment, the newest first, a page at a time.</summary>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Target">Name of the only target to list.</param>
/// <param name="All">True to see those that are decided, too.</param>
/// <param name="After">The last id of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListDrift(string Environment, string? Target = null, bool All = false, Guid? After = null, int? Limit = null) : IQuery<Result<Page<ListDrift.Row>>>
{
    /// <param name="Kind">What was looked at.</param>
    /// <param name="Subject">Such as <c>package openssl</c>.</param>
    /// <param name="Since">When the difference was found.</param>
    /// <param name="SeenBy">What saw it last: a run, a scan, or who reported it.</param>
    /// <param name="IsRegistered">False for a component's version that nobody has registered, which cannot become the baseline.</param>
    /// <param name="Unmanaged">Number of the unmanaged deployment that it belongs to; null for none.</param>
    /// <param name="History">Who decided what, when and why.</param>
    public sealed record Row(
        Guid Id, string Target, FactKind Kind, string Subject, string Desired, string Observed, DriftSeverity Severity, DriftStatus Status, bool IsOpen, DateTimeOffset Since,
        DateTimeOffset LastSeenAt, string SeenBy, DateTimeOffset? IgnoredUntil, bool IsRegistered, string? Unmanaged, IReadOnlyList<DriftEvent> History);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListDrift, Result<Page<Row>>>
    {
        public async ValueTask<Result<Page<Row>>> Handle(ListDrift query, CancellationToken cancellationToken)
        {
            var environment = await db.Environments.AsNoTracking().SingleOrDefaultAsync(environment => environment.Key == query.Environment, cancellationToken);
            if (environment is null) return Error.NotFound("environment", query.Environment);

            IQueryable<DriftItem> items = query.After is { } after ? db.DriftItems.FromSql($"select d.*, d.xmin from drift_items d where d.id < {after}") : db.DriftItems; // ids rise with time
            if (!query.All) items = items.OnlyOpen();
            var targets = db.Targets.Where(target => target.EnvironmentId == environment.Id && (query.Target == null || target.Name == query.Target));
            return Page.Of(
                await RowsAsync(db, items.Where(item => targets.Any(target => target.Id == item.TargetId)).OrderByDescending(item => item.Id).Take(Page.Size(query.Limit) + 1), clock.GetUtcNow(), cancellationToken),
                query.Limit, row => row.Id.ToString());
        }
    }

    internal static async Task<List<Row>> RowsAsync(DeployHubDb db, IQueryable<DriftItem> items, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (from item in items
                          join target in db.Targets on item.TargetId equals target.Id
                          orderby item.Id descending
                          select new
                          {
                              Item = item,
                              target.Name,
                              Unmanaged = db.UnmanagedDeployments.Where(record => record.Id == item.UnmanagedId).Select(record => record.Number).FirstOrDefault(),
                              IsRegistered = item.Kind != FactKind.Component || item.Observed == WatchedFact.Absent
                                  || db.ComponentVersions.Any(version => version.Label == item.Observed && db.Components.Any(component => component.Id == version.ComponentId && component.Key == item.Name)),
                          }).AsNoTracking().ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new Row(
            row.Item.Id.Value, row.Name, row.Item.Kind, row.Item.Subject, row.Item.Desired, row.Item.Observed, row.Item.Severity, row.Item.Status, row.Item.IsOpen, row.Item.DetectedAt,
            row.Item.LastSeenAt, row.Item.SeenBy, row.Item.IsIgnored(now) ? row.Item.IgnoredUntil : null, row.IsRegistered, row.Unmanaged, row.Item.History));
    }
}
