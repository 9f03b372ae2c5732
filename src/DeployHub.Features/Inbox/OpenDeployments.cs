using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox;

/// <summary>What was submitted and is not over, with the services and the run of each.</summary>
internal static class OpenDeployments
{
    /// <summary>So many are read at once.</summary>
    public const int Most = 500;

    private static readonly DeploymentStatus[] Open = [DeploymentStatus.InReview, DeploymentStatus.Scheduled, DeploymentStatus.InProgress, DeploymentStatus.Halted];

    /// <summary>The 500 that are due first.</summary>
    public static Task<IReadOnlyList<OpenDeployment>> OpenDeploymentsAsync(this DeployHubDb db, CancellationToken cancellationToken) =>
        db.WithRunsAsync(db.Deployments.Where(deployment => Open.Contains(deployment.Status)).DueFirst().Take(Most), cancellationToken);

    /// <summary>The 500 that are due first among those that may ask for the caller, and how many more do.</summary>
    public static async Task<(IReadOnlyList<OpenDeployment> Found, int More)> OpenDeploymentsForAsync(this DeployHubDb db, Caller caller, CancellationToken cancellationToken)
    {
        var asking = db.DeploymentsAsking(caller);
        var found = await db.WithRunsAsync(asking.DueFirst().Take(Most), cancellationToken);
        return (found, found.Count < Most ? 0 : Math.Max(0, await asking.CountAsync(cancellationToken) - Most));
    }

    public static async Task<IReadOnlyList<OpenDeployment>> WithRunsAsync(this DeployHubDb db, IQueryable<Deployment> deployments, CancellationToken cancellationToken)
    {
        var rows = await (from deployment in deployments.AsNoTracking()
                          from run in db.Runs.Where(run => run.DeploymentId == deployment.Id && run.Number == deployment.RunCount).DefaultIfEmpty()
                          select new { deployment, Run = run }).AsNoTracking().ToListAsync(cancellationToken);
        var owners = await db.ServicesByComponentAsync(rows.SelectMany(row => row.deployment.Plan.Versions, (_, version) => version.ComponentId), cancellationToken);
        return [.. rows.Select(row => new OpenDeployment(row.deployment, owners.Of(row.deployment.Plan), row.Run))];
    }

    /// <summary>What stands still, what is under way, then by slot; on demand since it was submitted.</summary>
    private static IQueryable<Deployment> DueFirst(this IQueryable<Deployment> deployments) => deployments
        .OrderBy(deployment => deployment.Status == DeploymentStatus.Halted ? 0 : deployment.Status == DeploymentStatus.InProgress ? 1 : 2)
        .ThenBy(deployment => (DateTimeOffset?)deployment.Slot!.Start ?? deployment.SubmittedAt)
        .ThenBy(deployment => deployment.Number);
}
