using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Templates;

/// <summary>What was deployed last and could be deployed again: one for each service and environment, the newest first.</summary>
public sealed record ListLastPlans : IQuery<IReadOnlyList<ListLastPlans.Row>>
{
    private const int LookedAt = 100;
    private const int Most = 8;

    public sealed record Row(string Number, string Service, string ServiceName, string Environment, string EnvironmentName, DateTimeOffset At);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListLastPlans, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListLastPlans query, CancellationToken cancellationToken)
        {
            var found = await (from deployment in db.RealSuccesses()
                               orderby deployment.CompletedAt descending
                               join service in db.Services on deployment.ServiceId equals service.Id
                               join environment in db.Environments on deployment.EnvironmentId equals environment.Id
                               select new Row(deployment.Number, service.Key, service.Name, environment.Key, environment.Name, deployment.CompletedAt!.Value))
                .Take(LookedAt).ToListAsync(cancellationToken);
            return [.. found.DistinctBy(row => (row.Service, row.Environment)).Take(Most)];
        }
    }
}
