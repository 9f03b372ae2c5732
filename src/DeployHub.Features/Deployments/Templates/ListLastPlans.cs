using DeployHub.Domain.Inventory;
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
                               join environment in db.Environments on deployment.EnvironmentId equals environment.Id
                               select new { deployment.Number, deployment.ComponentIds, environment.Key, environment.Name, At = deployment.CompletedAt!.Value })
                .Take(LookedAt).ToListAsync(cancellationToken);
            var moved = found.SelectMany(row => row.ComponentIds, (_, component) => new ComponentId(component)).Distinct().ToList();
            var owners = await (from component in db.Components where moved.Contains(component.Id) join service in db.Services on component.ServiceId equals service.Id select new { component.Id, service.Key, service.Name })
                .ToDictionaryAsync(owned => owned.Id.Value, owned => (owned.Key, owned.Name), cancellationToken);
            return
            [
                .. found.SelectMany(row => row.ComponentIds.Select(component => owners[component]).Distinct(), (row, service) => new Row(row.Number, service.Key, service.Name, row.Key, row.Name, row.At))
                    .DistinctBy(row => (row.Service, row.Environment)).Take(Most),
            ];
        }
    }
}
