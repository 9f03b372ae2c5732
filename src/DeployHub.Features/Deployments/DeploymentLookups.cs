using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>Look-ups that several commands share.</summary>
internal static class DeploymentLookups
{
    public static Task<Deployment?> FindDeploymentAsync(this DeployHubDb db, string number, CancellationToken cancellationToken) =>
        db.Deployments.SingleOrDefaultAsync(deployment => deployment.Number == number, cancellationToken);

    /// <summary>The keys that scope rights: of the service and of the environment.</summary>
    public static async Task<(string Service, string Environment)> ScopeOfAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken) =>
        (await db.Services.Where(service => service.Id == deployment.ServiceId).Select(service => service.Key).SingleAsync(cancellationToken), deployment.Plan.Environment);

    /// <summary>What the start gates have to know (domain §2.4.2).</summary>
    public static async Task<GateFacts> GateFactsAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken)
    {
        var versions = deployment.Plan.Versions.Select(version => version.VersionId).ToList();
        var targets = deployment.Plan.Targets.Select(target => target.Id).ToList();
        var components = deployment.Plan.Versions.Select(version => version.ComponentId).ToHashSet();

        var modelStatus = await db.ModelVersions.Where(model => model.Id == deployment.ModelVersionId).Select(model => model.Status).SingleAsync(cancellationToken);
        var recalled = await db.ComponentVersions.Where(version => versions.Contains(version.Id) && version.RecallReason != null).Select(version => version.Label).ToListAsync(cancellationToken);
        var retired = await db.Targets.Where(target => targets.Contains(target.Id) && target.RetiredAt != null).Select(target => target.Name).ToListAsync(cancellationToken);
        var halted = await db.Deployments
            .Where(other => other.EnvironmentId == deployment.EnvironmentId && other.Status == DeploymentStatus.Halted && other.Id != deployment.Id && other.SupersededBy != deployment.Id)
            .Select(other => new { other.Number, other.Plan }).ToListAsync(cancellationToken);

        return new GateFacts(
            modelStatus is ModelVersionStatus.Published or ModelVersionStatus.Deprecated, recalled, retired,
            [.. halted.Where(other => other.Plan.Versions.Any(version => components.Contains(version.ComponentId))).Select(other => other.Number)]);
    }
}
