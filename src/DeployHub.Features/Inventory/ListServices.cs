using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Services in order of their key, a page at a time.</summary>
/// <param name="Search">Only those whose key, name or owner contains this, in either case.</param>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListServices(string? Search = null, string? After = null, int? Limit = null) : IQuery<Page<ListServices.Row>>
{
    /// <param name="Owner">By name.</param>
    /// <param name="Components">How many components belong to it.</param>
    public sealed record Row(string Key, string Name, string Owner, string Description, int Components);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListServices, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListServices query, CancellationToken cancellationToken)
        {
            var pattern = Like.Containing(query.Search);
            var rows = await db.Services
                .Where(service => query.After == null || service.Key.CompareTo(query.After) > 0)
                .Where(service => pattern == null || EF.Functions.ILike(service.Key, pattern) || EF.Functions.ILike(service.Name, pattern)
                    || EF.Functions.ILike(service.Owner, pattern)
                    || db.Users.Any(person => person.Email == service.Owner && EF.Functions.ILike(person.DisplayName, pattern)))
                .OrderBy(service => service.Key)
                .Select(service => new Row(
                    service.Key, service.Name,
                    db.Users.Where(person => person.Email == service.Owner).Select(person => person.DisplayName).FirstOrDefault() ?? service.Owner,
                    service.Description, db.Components.Count(component => component.ServiceId == service.Id)))
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            return Page.Of(rows, query.Limit, row => row.Key);
        }
    }
}
