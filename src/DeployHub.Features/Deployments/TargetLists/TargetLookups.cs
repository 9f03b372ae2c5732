using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.TargetLists;

internal static class TargetLookups
{
    /// <summary>What became of the planned list of targets since.</summary>
    public static async Task<TargetChanges> TargetChangesAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken) =>
        TargetChanges.Of(deployment.Plan, await db.Targets.Where(target => target.EnvironmentId == deployment.EnvironmentId && target.RetiredAt == null).Select(target => target.Name).ToListAsync(cancellationToken));

    /// <summary>Whether these are all that the environment has in service.</summary>
    public static async Task<bool> AreAllAsync(this DeployHubDb db, Environment environment, IReadOnlyList<PlannedTarget> targets, CancellationToken cancellationToken) =>
        await db.Targets.CountAsync(target => target.EnvironmentId == environment.Id && target.RetiredAt == null, cancellationToken) == targets.Count;
}
