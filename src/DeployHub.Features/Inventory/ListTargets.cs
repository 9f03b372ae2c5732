using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Targets of an environment in order of their name, a page at a time, each with what was last seen on it.</summary>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Retired">True to see those that are out of service, too.</param>
/// <param name="After">The last name of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListTargets(string Environment, bool Retired = false, string? After = null, int? Limit = null) : IQuery<Result<Page<ShowTarget.View>>>
{
    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListTargets, Result<Page<ShowTarget.View>>>
    {
        public async ValueTask<Result<Page<ShowTarget.View>>> Handle(ListTargets query, CancellationToken cancellationToken)
        {
            var environment = await db.Environments.AsNoTracking().SingleOrDefaultAsync(environment => environment.Key == query.Environment, cancellationToken);
            if (environment is null) return Error.NotFound("environment", query.Environment);

            var targets = db.Targets
                .Where(target => target.EnvironmentId == environment.Id)
                .Where(target => query.Retired || target.RetiredAt == null)
                .Where(target => query.After == null || target.Name.CompareTo(query.After) > 0)
                .OrderBy(target => target.Name)
                .Take(Page.Size(query.Limit) + 1);
            return Page.Of(await ShowTarget.ViewsAsync(db, targets, query.Environment, cancellationToken), query.Limit, row => row.Name);
        }
    }
}
