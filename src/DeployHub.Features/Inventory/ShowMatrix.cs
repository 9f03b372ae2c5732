using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Services × environments: what is where, since when, mixed or not, how it stands against the environment before, and what is on its way.</summary>
/// <param name="Service">Only the service with this key.</param>
/// <param name="After">The last service's key of the page before; null for the first page.</param>
/// <param name="Limit">Services a page, 1 to 200; 50 unless told.</param>
public sealed record ShowMatrix(string? Service = null, string? After = null, int? Limit = null) : IQuery<ShowMatrix.View>
{
    /// <param name="Next">What to pass as <c>after</c> for the following services; null on the last page.</param>
    public sealed record View(IReadOnlyList<Column> Environments, IReadOnlyList<Group> Services, string? Next);

    /// <param name="Before">Key of the environment that versions come from: the promotion source, else the one to the left.</param>
    public sealed record Column(string Key, string Name, Tier Tier, bool IsLive, int Targets, string? Before, string? PromotionSource);

    public sealed record Group(string Key, string Name, IReadOnlyList<Line> Components);

    /// <param name="Cells">One for each environment, in their order.</param>
    public sealed record Line(string Key, string Name, ComponentKind Kind, IReadOnlyList<Cell> Cells);

    /// <param name="Versions">Most widespread first; more than one when mixed.</param>
    /// <param name="Without">Targets in use on which no version was seen.</param>
    /// <param name="PromotableTo">Keys of environments that take their versions from here and do not have this one everywhere.</param>
    /// <param name="OnTheWay">Submitted deployments that are not over, the oldest first.</param>
    /// <param name="Drifting">Targets on which another version is than the one deployed or accepted last, and no run explains it.</param>
    public sealed record Cell(
        string Environment, string Component, IReadOnlyList<Placed> Versions, int Without, Standing Standing, IReadOnlyList<string> PromotableTo, IReadOnlyList<Coming> OnTheWay, int Drifting = 0)
    {
        public bool IsMixed => Versions.Count > 1 || (Versions.Count == 1 && Without > 0);
    }

    public sealed record Placed(string Label, string Digest, int Targets, DateTimeOffset Since, bool IsRecalled);

    /// <summary>A version that a deployment brings.</summary>
    public sealed record Coming(string Deployment, DeploymentStatus Status, string Label);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowMatrix, View>
    {
        public async ValueTask<View> Handle(ShowMatrix query, CancellationToken cancellationToken)
        {
            var columns = await ColumnsAsync(cancellationToken);
            var services = await ServicesAsync(query, cancellationToken);
            var ids = services.Rows.Select(service => service.Id).ToArray();
            var components = db.Components.Where(component => ids.Contains(component.ServiceId));
            var where = (await Sightings.Of(db, components).ToListAsync(cancellationToken)).ToLookup(sighting => sighting.Component);
            var drifting = await DriftingAsync(cancellationToken);
            var shown = await components.OrderBy(component => component.Key).AsNoTracking().ToListAsync(cancellationToken);
            var onTheWay = await OnTheWayAsync([.. shown.Select(component => component.Id.Value)], cancellationToken);
            var lines = shown.ToLookup(component => component.ServiceId, component => LineOf(component, columns, where[component.Key], onTheWay, drifting));

            return new View(columns, [.. services.Rows.Select(service => new Group(service.Key, service.Name, [.. lines[service.Id]]))], services.Next);
        }

        private async Task<ILookup<(string Environment, string Component), Coming>> OnTheWayAsync(Guid[] components, CancellationToken cancellationToken)
        {
            DeploymentStatus[] moving = [DeploymentStatus.InReview, DeploymentStatus.Scheduled, DeploymentStatus.InProgress, DeploymentStatus.Halted];
            var open = await db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.component_ids && {components}").AsNoTracking().Where(deployment => moving.Contains(deployment.Status))
                .OrderBy(deployment => deployment.Number).Select(deployment => new { deployment.Number, deployment.Status, deployment.Plan }).ToListAsync(cancellationToken);
            return open.SelectMany(deployment => deployment.Plan.Versions.Select(version => (deployment, version)))
                .ToLookup(coming => (coming.deployment.Plan.Environment, coming.version.Component), coming => new Coming(coming.deployment.Number, coming.deployment.Status, coming.version.Label));
        }

        private async Task<Dictionary<(string Environment, string Component), int>> DriftingAsync(CancellationToken cancellationToken) =>
            await (from item in db.DriftItems.OnlyOpen()
                   where item.Kind == FactKind.Component
                   join target in db.Targets on item.TargetId equals target.Id
                   where target.RetiredAt == null
                   join environment in db.Environments on target.EnvironmentId equals environment.Id
                   group item by new { environment.Key, item.Name } into place
                   select new { place.Key, Targets = place.Count() })
                .ToDictionaryAsync(place => (place.Key.Key, place.Key.Name), place => place.Targets, cancellationToken);

        private async Task<List<Column>> ColumnsAsync(CancellationToken cancellationToken)
        {
            var environments = await db.Environments.OrderBy(environment => environment.Order).ThenBy(environment => environment.Key)
                .Select(environment => new
                {
                    Environment = environment,
                    Targets = db.Targets.Count(target => target.EnvironmentId == environment.Id && target.RetiredAt == null),
                })
                .AsNoTracking().ToListAsync(cancellationToken);
            return [.. environments.Select((row, i) => new Column(
                row.Environment.Key, row.Environment.Name, row.Environment.Tier, row.Environment.IsLive, row.Targets,
                row.Environment.Policy.PromotionSource ?? (i > 0 ? environments[i - 1].Environment.Key : null), row.Environment.Policy.PromotionSource))];
        }

        private async Task<Page<ServiceRow>> ServicesAsync(ShowMatrix query, CancellationToken cancellationToken)
        {
            var rows = await db.Services
                .Where(service => query.Service == null || service.Key == query.Service)
                .Where(service => query.After == null || service.Key.CompareTo(query.After) > 0)
                .OrderBy(service => service.Key)
                .Select(service => new ServiceRow(service.Id, service.Key, service.Name))
                .Take(Page.Size(query.Limit) + 1).ToListAsync(cancellationToken);
            return Page.Of(rows, query.Limit, row => row.Key);
        }

        private sealed record ServiceRow(ServiceId Id, string Key, string Name);
    }

    /// <summary>The cells of one component, each compared with the environment before it.</summary>
    internal static Line LineOf(
        Component component, IReadOnlyList<Column> columns, IEnumerable<Sighting> sightings, ILookup<(string Environment, string Component), Coming> onTheWay,
        IReadOnlyDictionary<(string Environment, string Component), int>? drifting = null)
    {
        var seen = sightings.ToLookup(sighting => sighting.Environment);
        return new Line(component.Key, component.Name, component.Kind, [.. columns.Select(column => CellOf(component.Key, column, columns, seen, [.. onTheWay[(column.Key, component.Key)]]) with { Drifting = drifting?.GetValueOrDefault((column.Key, component.Key)) ?? 0 })]);
    }

    private static Cell CellOf(string component, Column column, IReadOnlyList<Column> columns, ILookup<string, Sighting> seen, IReadOnlyList<Coming> onTheWay)
    {
        var here = seen[column.Key].ToList();
        var promotable = here is [{ RecalledAt: null } only] && only.Targets == column.Targets
            ? columns.Where(next => next.PromotionSource == column.Key && next.Targets > 0 && !IsEverywhere(only.Label, next, seen)).Select(next => next.Key)
            : [];
        return new Cell(
            column.Key, component,
            [.. here.Select(sighting => new Placed(sighting.Label, sighting.Digest.Short, sighting.Targets, sighting.Since, sighting.RecalledAt is not null))],
            column.Targets - here.Sum(sighting => sighting.Targets),
            Standings.Of(Registered(here), column.Before is { } before ? Registered(seen[before]) : null),
            [.. promotable], onTheWay);
    }

    private static bool IsEverywhere(string label, Column column, ILookup<string, Sighting> seen) =>
        seen[column.Key].Any(sighting => sighting.Label == label && sighting.Targets == column.Targets);

    private static Dictionary<string, DateTimeOffset> Registered(IEnumerable<Sighting> sightings) =>
        sightings.ToDictionary(sighting => sighting.Label, sighting => sighting.RegisteredAt);
}
