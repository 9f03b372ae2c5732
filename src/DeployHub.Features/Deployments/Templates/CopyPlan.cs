using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Templates;

/// <summary>A plan to begin with, made of an earlier deployment: its slot and words left out, and said what is otherwise now.</summary>
public sealed record CopyPlan(string Number) : IQuery<Result<PlanCopy>>
{
    internal sealed class Handler(DeployHubDb db) : IQueryHandler<CopyPlan, Result<PlanCopy>>
    {
        public async ValueTask<Result<PlanCopy>> Handle(CopyPlan query, CancellationToken cancellationToken) =>
            await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is { } deployment
                ? await db.CopyAsync(deployment, cancellationToken)
                : Error.NotFound("deployment", query.Number);
    }
}
