using DeployHub.Domain.Deployments.Templates;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Templates;

/// <summary>Templates of plans, by key, a page at a time.</summary>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
/// <param name="Service">Key of the only service wanted.</param>
/// <param name="All">True to see those that are ended, too.</param>
public sealed record ListPlanTemplates(string? After = null, int? Limit = null, string? Service = null, bool? All = null) : IQuery<Page<ListPlanTemplates.Row>>
{
    public sealed record Row(string Key, string Name, string Service, PlanOutline Outline, string MadeFrom, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset? EndedAt);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListPlanTemplates, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListPlanTemplates query, CancellationToken cancellationToken)
        {
            var found = from template in db.PlanTemplates
                        join service in db.Services on template.ServiceId equals service.Id
                        select new { Template = template, Service = service.Key };
            if (query.After is { } after) found = found.Where(row => row.Template.Key.CompareTo(after) > 0);
            if (query.Service is { Length: > 0 } wanted) found = found.Where(row => row.Service == wanted);
            if (query.All is not true) found = found.Where(row => row.Template.EndedAt == null);

            var rows = await found.OrderBy(row => row.Template.Key).Take(Page.Size(query.Limit) + 1).AsNoTracking().ToListAsync(cancellationToken);
            return Page.Of(
                rows.ConvertAll(row => new Row(
                    row.Template.Key, row.Template.Name, row.Service, row.Template.Outline, row.Template.MadeFrom, row.Template.MadeBy.Name, row.Template.MadeAt, row.Template.EndedAt)),
                query.Limit, row => row.Key);
        }
    }
}
