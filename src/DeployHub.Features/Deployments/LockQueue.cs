using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

internal static class LockQueue
{
    private const int MostLocks = 100;
    private const int MostWaiting = 500;

    /// <summary>Who holds which lock now, and who gets it next in the order of their slots (domain §2.4.2).</summary>
    /// <param name="environment">Key of the only environment wanted; null for all.</param>
    public static async Task<IReadOnlyList<ShowCalendar.LockRow>> LocksAsync(this DeployHubDb db, string? environment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await (from one in db.EnvironmentLocks.AsNoTracking()
                          join known in db.Environments on one.EnvironmentId equals known.Id
                          where environment == null || environment == "" || known.Key == environment
                          join component in db.Components on one.ComponentId equals component.Id
                          join run in db.Runs on one.RunId equals run.Id
                          join deployment in db.Deployments on run.DeploymentId equals deployment.Id
                          orderby one.Since
                          select new { one.EnvironmentId, one.ComponentId, Environment = known.Key, Component = component.Key, one.Holder, one.Since, deployment.Number, End = (DateTimeOffset?)deployment.Slot!.End })
            .Take(MostLocks).ToListAsync(cancellationToken);
        if (held.Count == 0) return [];

        var environments = held.Select(one => one.EnvironmentId).Distinct().ToList();
        var waiting = await db.Deployments.AsNoTracking()
            .Where(deployment => environments.Contains(deployment.EnvironmentId) && (deployment.Status == DeploymentStatus.Scheduled || deployment.Status == DeploymentStatus.InProgress))
            .OrderBy(deployment => deployment.Slot == null).ThenBy(deployment => deployment.Slot!.Start).ThenBy(deployment => deployment.Number)
            .Take(MostWaiting)
            .ToListAsync(cancellationToken);
        return
        [
            .. held.Select(one => new ShowCalendar.LockRow(
                one.Environment, one.Component, one.Holder, one.Since, one.End > now ? one.End : null,
                [.. waiting.Where(deployment => deployment.Number != one.Number && deployment.EnvironmentId == one.EnvironmentId && deployment.Plan.Versions.Any(version => version.ComponentId == one.ComponentId)).Select(deployment => deployment.Number)])),
        ];
    }

    /// <summary>What one deployment needs and another run holds; where that is several things, what is expected back last. Null where nothing says when.</summary>
    public static Task<AwaitedLock?> AwaitedLockAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var components = deployment.Plan.Versions.Select(version => version.ComponentId).ToList();
        return (from held in db.EnvironmentLocks
                where held.EnvironmentId == deployment.EnvironmentId && components.Contains(held.ComponentId)
                join run in db.Runs on held.RunId equals run.Id
                join holder in db.Deployments on run.DeploymentId equals holder.Id
                where holder.Id != deployment.Id && holder.Slot!.End > now
                join component in db.Components on held.ComponentId equals component.Id
                orderby holder.Slot!.End descending, component.Key
                select new AwaitedLock(component.Key, held.Holder, holder.Slot!.End)).FirstOrDefaultAsync(cancellationToken);
    }
}
