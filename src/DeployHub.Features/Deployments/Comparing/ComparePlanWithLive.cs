using DeployHub.Domain;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using Mediator;

namespace DeployHub.Features.Deployments.Comparing;

/// <summary>The same for a plan that is not saved: what is live against what it would bring.</summary>
public sealed record ComparePlanWithLive(PlanInput Plan) : IQuery<Result<LiveAgainstComing>>
{
    internal sealed class Handler(DeployHubDb db, PlanBinding binding) : IQueryHandler<ComparePlanWithLive, Result<LiveAgainstComing>>
    {
        public async ValueTask<Result<LiveAgainstComing>> Handle(ComparePlanWithLive query, CancellationToken cancellationToken)
        {
            if (InvalidInput.Objection(nameof(Plan), query.Plan, new PlanInputValidator()) is { } senseless) return senseless;

            var bound = await binding.BindAsync(query.Plan, cancellationToken);
            return bound.Error is { } objection
                ? objection
                : await db.CompareWithLiveAsync(bound.Value.Plan, bound.Value.Service, bound.Value.Environment.Id, null, cancellationToken);
        }
    }
}
