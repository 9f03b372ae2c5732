using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Components in order of their key, a page at a time.</summary>
/// <param name="Service">Only those of the service with this key.</param>
/// <param name="Kind">Only those of this kind.</param>
/// <param name="Search">Only those whose key or name contains this, in either case.</param>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListComponents(string? Service = null, ComponentKind? Kind = null, string? Search = null, string? After = null, int? Limit = null)
    : IQuery<Page<ListComponents.Row>>
{
    /// <param name="Latest">Label of the version registered last; null before the first.</param>
    public sealed record Row(
        string Key, string Name, ComponentKind Kind, string? SubKind, string Service, string ServiceName, int Versions, string? Latest, DateTimeOffset? LatestAt);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListComponents, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListComponents query, CancellationToken cancellationToken)
        {
            var pattern = Like.Containing(query.Search);
            var rows = await (
                from component in db.Components
                join service in db.Services on component.ServiceId equals service.Id
                where query.After == null || component.Key.CompareTo(query.After) > 0
                where query.Service == null || service.Key == query.Service
                where query.Kind == null || component.Kind == query.Kind
                where pattern == null || EF.Functions.ILike(component.Key, pattern) || EF.Functions.ILike(component.Name, pattern)
                orderby component.Key
                let latest = db.ComponentVersions.Where(version => version.ComponentId == component.Id)
                    .OrderByDescending(version => version.RegisteredAt).ThenBy(version => version.Label).FirstOrDefault()
                select new Row(
                    component.Key, component.Name, component.Kind, component.SubKind, service.Key, service.Name,
                    db.ComponentVersions.Count(version => version.ComponentId == component.Id), latest!.Label, (DateTimeOffset?)latest.RegisteredAt))
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            return Page.Of(rows, query.Limit, row => row.Key);
        }
    }
}
