using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.TargetLists;

/// <summary>The planned targets against those in service now: what came since, and what went (domain §2.2.3).</summary>
public sealed record ShowTargetChanges(string Number) : IQuery<Result<TargetChanges>>
{
    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowTargetChanges, Result<TargetChanges>>
    {
        public async ValueTask<Result<TargetChanges>> Handle(ShowTargetChanges query, CancellationToken cancellationToken) =>
            await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is { } deployment
                ? await db.TargetChangesAsync(deployment, cancellationToken)
                : Error.NotFound("deployment", query.Number);
    }
}
