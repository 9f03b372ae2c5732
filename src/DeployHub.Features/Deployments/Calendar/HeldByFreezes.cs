using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>What was planned before a freeze was declared over it (domain §2.3.1).</summary>
internal static class HeldByFreezes
{
    /// <summary>Tells every deployment whose slot the freeze reaches. Nothing is cancelled: its gate fails while it holds.</summary>
    public static async Task HoldByFreezeAsync(this DeployHubDb db, Freeze freeze, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var (deployment, first) in await db.ReachedAsync(freeze, at, cancellationToken)) deployment.HoldByFreeze(new FreezeTime(freeze, first), by, at);
    }

    /// <summary>The same deployments hear that nothing holds them any more.</summary>
    public static async Task GoOnAfterFreezeAsync(this DeployHubDb db, Freeze freeze, string reason, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var (deployment, _) in await db.ReachedAsync(freeze, at, cancellationToken)) deployment.GoOnAfterFreeze(freeze, reason, by, at);
    }

    /// <summary>What is planned for a time at which the freeze holds, each with the first such time.</summary>
    private static async Task<IReadOnlyList<(Deployment Deployment, Occurrence First)>> ReachedAsync(this DeployHubDb db, Freeze freeze, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var planned = db.Deployments.Where(deployment => (deployment.Status == DeploymentStatus.Scheduled || deployment.Status == DeploymentStatus.InReview)
            && deployment.Slot!.End > at && deployment.Slot.End > freeze.BeginsAt && (freeze.EndsAt == null || deployment.Slot.Start < freeze.EndsAt));
        if (freeze.Scope.Environment is { } environment) planned = planned.Where(deployment => deployment.EnvironmentId == db.Environments.First(known => known.Key == environment).Id);

        var reached = await planned.OrderBy(deployment => deployment.Number).ToListAsync(cancellationToken);
        if (freeze.Scope.Service is { } service)
        {
            var owners = await db.ServicesByComponentAsync(reached.SelectMany(deployment => deployment.Plan.Versions, (_, version) => version.ComponentId), cancellationToken);
            reached.RemoveAll(deployment => !owners.Of(deployment.Plan).Contains(service));
        }

        var labels = freeze.Scope.Label is null ? null : await LabelledAsync(db, freeze.Scope, reached, cancellationToken);
        return
        [
            .. from deployment in reached
               where !freeze.Exempts(deployment.Plan.Category) && (labels is null || deployment.Plan.Targets.Any(target => labels.Contains(target.Id)))
               let times = freeze.When.Between(new Occurrence(deployment.Slot!.Start, deployment.Slot.End))
               where times.Count > 0
               select (deployment, times[0]),
        ];
    }

    private static async Task<HashSet<Domain.Inventory.TargetId>> LabelledAsync(DeployHubDb db, CalendarScope scope, List<Deployment> reached, CancellationToken cancellationToken)
    {
        var targets = reached.SelectMany(deployment => deployment.Plan.Targets, (_, target) => target.Id).Distinct().ToList();
        var known = await db.Targets.AsNoTracking().Where(target => targets.Contains(target.Id)).Select(target => new { target.Id, target.Labels }).ToListAsync(cancellationToken);
        return [.. known.Where(target => scope.CoversTarget(target.Labels)).Select(target => target.Id)];
    }
}
