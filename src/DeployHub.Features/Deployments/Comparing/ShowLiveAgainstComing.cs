using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Comparing;

/// <summary>What is live on a deployment's targets against what it brings, and what is otherwise than last time: versions, commits, configuration, model.</summary>
public sealed record ShowLiveAgainstComing(string Number) : IQuery<Result<LiveAgainstComing>>
{
    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowLiveAgainstComing, Result<LiveAgainstComing>>
    {
        public async ValueTask<Result<LiveAgainstComing>> Handle(ShowLiveAgainstComing query, CancellationToken cancellationToken) =>
            await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is { } deployment
                ? await db.CompareWithLiveAsync(deployment.Plan, deployment.ServiceId, deployment.EnvironmentId, deployment.Number, cancellationToken)
                : Error.NotFound("deployment", query.Number);
    }
}
