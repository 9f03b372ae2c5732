using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using Mediator;

namespace DeployHub.Features.Deployments.Forecasting;

/// <summary>The same for a plan that is not saved.</summary>
public sealed record ForecastPlan(PlanInput Plan) : IQuery<Result<PlanForecast>>
{
    internal sealed class Handler(DeployHubDb db, PlanBinding binding, Caller caller, TimeProvider clock) : IQueryHandler<ForecastPlan, Result<PlanForecast>>
    {
        public async ValueTask<Result<PlanForecast>> Handle(ForecastPlan query, CancellationToken cancellationToken)
        {
            if (InvalidInput.Objection(nameof(Plan), query.Plan, new PlanInputValidator()) is { } senseless) return senseless;

            var bound = await binding.BindAsync(query.Plan, cancellationToken);
            if (bound.Error is { } objection) return objection;

            var (plan, at) = (bound.Value, clock.GetUtcNow());
            var deployment = Deployment.Create("DEP-FORECAST", plan.Service, plan.Environment.Id, plan.Model.Id, "", "", plan.Plan, plan.Slot, caller.Actor, at);
            return await db.ForecastAsync(deployment, plan.Model, at, cancellationToken);
        }
    }
}
