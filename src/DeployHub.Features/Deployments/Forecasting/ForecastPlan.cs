using DeployHub.Domain;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using Mediator;

namespace DeployHub.Features.Deployments.Forecasting;

/// <summary>The same for a plan that is not saved.</summary>
public sealed record ForecastPlan(PlanInput Plan) : IQuery<Result<PlanForecast>>
{
    internal sealed class Handler(DeployHubDb db, PlanBinding binding, TimeProvider clock) : IQueryHandler<ForecastPlan, Result<PlanForecast>>
    {
        public async ValueTask<Result<PlanForecast>> Handle(ForecastPlan query, CancellationToken cancellationToken)
        {
            if (InvalidInput.Objection(nameof(Plan), query.Plan, new PlanInputValidator()) is { } senseless) return senseless;

            var bound = await binding.BindAsync(query.Plan, cancellationToken);
            return bound.Error is { } objection ? objection : await db.ForecastAsync(bound.Value, clock.GetUtcNow(), cancellationToken);
        }
    }
}
