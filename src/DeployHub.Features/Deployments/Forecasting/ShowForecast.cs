using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Forecasting;

/// <summary>How long the next run of a deployment will take, whether its slot is long enough, and when its way back was gone last.</summary>
public sealed record ShowForecast(string Number) : IQuery<Result<PlanForecast>>
{
    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowForecast, Result<PlanForecast>>
    {
        public async ValueTask<Result<PlanForecast>> Handle(ShowForecast query, CancellationToken cancellationToken)
        {
            if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is not { } deployment)
                return Error.NotFound("deployment", query.Number);

            var model = await db.ModelVersions.AsNoTracking().SingleAsync(known => known.Id == deployment.ModelVersionId, cancellationToken);
            return await db.ForecastAsync(deployment, model, clock.GetUtcNow(), cancellationToken);
        }
    }
}
