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
        var planned = db.Deployments.Where(deployment => (deployment.Status == DeploymentStatus.Scheduled || deployment.Status == DeploymentStatus.InReview)
            && deployment.Slot!.End > at && deployment.Slot.End > freeze.BeginsAt && (freeze.EndsAt == null || deployment.Slot.Start < freeze.EndsAt));
        if (freeze.Scope.Environment is { } environment) planned = planned.Where(deployment => deployment.EnvironmentId == db.Environments.First(known => known.Key == environment).Id);
        if (freeze.Scope.Service is { } service) planned = planned.Where(deployment => deployment.ServiceId == db.Services.First(known => known.Key == service).Id);

        var reached = await planned.OrderBy(deployment => deployment.Number).ToListAsync(cancellationToken);
        var labels = freeze.Scope.Label is null ? null : await LabelledAsync(db, freeze.Scope, reached, cancellationToken);
        foreach (var deployment in reached.Where(deployment => !freeze.Exempts(deployment.Plan.Category)).Where(deployment => labels is null || deployment.Plan.Targets.Any(target => labels.Contains(target.Id))))
            if (freeze.When.Between(new Occurrence(deployment.Slot!.Start, deployment.Slot.End)) is [var first, ..]) deployment.HoldByFreeze(new FreezeTime(freeze, first), by, at);
    }

    private static async Task<HashSet<Domain.Inventory.TargetId>> LabelledAsync(DeployHubDb db, CalendarScope scope, List<Deployment> reached, CancellationToken cancellationToken)
    {
        var targets = reached.SelectMany(deployment => deployment.Plan.Targets, (_, target) => target.Id).Distinct().ToList();
        var known = await db.Targets.AsNoTracking().Where(target => targets.Contains(target.Id)).Select(target => new { target.Id, target.Labels }).ToListAsync(cancellationToken);
        return [.. known.Where(target => scope.CoversTarget(target.Labels)).Select(target => target.Id)];
    }
}
