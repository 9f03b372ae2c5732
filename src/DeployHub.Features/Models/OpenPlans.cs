using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>Deployments that were planned with a model and are not over.</summary>
internal static class OpenPlans
{
    private static readonly DeploymentStatus[] Over = [DeploymentStatus.Completed, DeploymentStatus.Closed, DeploymentStatus.Cancelled, DeploymentStatus.Expired];

    /// <summary>Those that a newer version has to decide about: nothing has started yet.</summary>
    public static async Task<IReadOnlyList<Deployment>> PlansToDecideAsync(this DeployHubDb db, ModelId model, CancellationToken cancellationToken) =>
        [.. (await db.OpenPlansOf(model).OrderBy(deployment => deployment.Number).ToListAsync(cancellationToken)).Where(deployment => deployment.MayMigrate)];

    /// <summary>Numbers of those that use one version, rehearsals among them.</summary>
    public static async Task<IReadOnlyList<string>> OpenPlansAsync(this DeployHubDb db, ModelVersionId version, CancellationToken cancellationToken) =>
        await db.Deployments.Where(deployment => deployment.ModelVersionId == version && !Over.Contains(deployment.Status)).OrderBy(deployment => deployment.Number)
            .Select(deployment => deployment.Number).ToListAsync(cancellationToken);

    /// <summary>Numbers of those with a run that is not over.</summary>
    public static async Task<IReadOnlyList<string>> RunsUnderWayAsync(this DeployHubDb db, ModelVersionId version, CancellationToken cancellationToken) =>
        await db.Deployments.Where(deployment => deployment.ModelVersionId == version && (deployment.Status == DeploymentStatus.InProgress || deployment.Status == DeploymentStatus.Halted))
            .OrderBy(deployment => deployment.Number).Select(deployment => deployment.Number).ToListAsync(cancellationToken);

    private static IQueryable<Deployment> OpenPlansOf(this DeployHubDb db, ModelId model) =>
        db.Deployments.Where(deployment => !Over.Contains(deployment.Status) && db.ModelVersions.Any(version => version.ModelId == model && version.Id == deployment.ModelVersionId));
}
