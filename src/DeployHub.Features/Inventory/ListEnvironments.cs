using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Environments from where versions come to where they go, a page at a time.</summary>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListEnvironments(string? After = null, int? Limit = null) : IQuery<Page<ListEnvironments.Row>>
{
    /// <param name="Owner">By name.</param>
    /// <param name="Targets">How many are in use.</param>
    public sealed record Row(string Key, string Name, Tier Tier, bool IsLive, int Order, string Owner, int Targets);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListEnvironments, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListEnvironments query, CancellationToken cancellationToken)
        {
            var last = db.Environments.Where(environment => environment.Key == query.After);
            var rows = await db.Environments
                .Where(environment => query.After == null || last.Any(before => environment.Order > before.Order
                    || (environment.Order == before.Order && environment.Key.CompareTo(before.Key) > 0)))
                .OrderBy(environment => environment.Order).ThenBy(environment => environment.Key)
                .Select(environment => new Row(
                    environment.Key, environment.Name, environment.Tier, environment.IsLive, environment.Order,
                    db.Users.Where(person => person.Email == environment.Owner).Select(person => person.DisplayName).FirstOrDefault() ?? environment.Owner,
                    db.Targets.Count(target => target.EnvironmentId == environment.Id && target.RetiredAt == null)))
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            return Page.Of(rows, query.Limit, row => row.Key);
        }
    }
}
