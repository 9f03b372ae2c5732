using DeployHub.Domain;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Comparing;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Templates;

/// <summary>A plan to begin with, as it was last time: made of the last deployment of a service to an environment that succeeded.</summary>
/// <param name="Service">Key of the service.</param>
/// <param name="Environment">Key of the environment.</param>
public sealed record CopyLastPlan(string Service, string Environment) : IQuery<Result<PlanCopy>>
{
    internal sealed class Handler(DeployHubDb db) : IQueryHandler<CopyLastPlan, Result<PlanCopy>>
    {
        public async ValueTask<Result<PlanCopy>> Handle(CopyLastPlan query, CancellationToken cancellationToken)
        {
            if (await db.Services.AsNoTracking().SingleOrDefaultAsync(known => known.Key == query.Service, cancellationToken) is not { } service) return Error.NotFound("service", query.Service);
            if (await db.Environments.AsNoTracking().SingleOrDefaultAsync(known => known.Key == query.Environment, cancellationToken) is not { } environment) return Error.NotFound("environment", query.Environment);

            return await db.LastSuccessAsync(service.Id, environment.Id, null, cancellationToken) is { } last
                ? await db.CopyAsync(last, cancellationToken)
                : new Error(ErrorKind.NotFound, "deployment.no-last-time", $"Nothing of {service.Name} was deployed to {environment.Name} yet: there is no last time to copy.");
        }
    }
}
