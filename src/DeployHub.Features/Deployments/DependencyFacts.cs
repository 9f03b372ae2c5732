using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What runs in an environment and what a plan brings there, with what all of it declares.</summary>
public static class DependencyFacts
{
    public static async Task<DependencyPicture> DependencyPictureAsync(this DeployHubDb db, Plan plan, CancellationToken cancellationToken)
    {
        var ids = plan.Versions.Select(version => version.VersionId).ToList();
        var declared = await db.ComponentVersions.AsNoTracking().Where(version => ids.Contains(version.Id)).ToDictionaryAsync(version => version.Id, version => version.Dependencies, cancellationToken);
        var here = await (
            from seen in db.ObservedVersions
            join target in db.Targets on seen.TargetId equals target.Id
            join environment in db.Environments on target.EnvironmentId equals environment.Id
            where environment.Key == plan.Environment && target.RetiredAt == null
            join component in db.Components on seen.ComponentId equals component.Id
            join version in db.ComponentVersions on seen.VersionId equals version.Id
            orderby target.Name, component.Key
            select new { Target = target.Name, component.Key, version.Label, version.Dependencies }).AsNoTracking().ToListAsync(cancellationToken);

        return new DependencyPicture(
            plan.Environment, [.. plan.Targets.Select(target => target.Name)],
            [.. plan.Versions.Select(version => new DeclaringVersion(version.Component, version.Label, declared.GetValueOrDefault(version.VersionId, [])))],
            [.. here.Select(seen => new PlacedVersion(seen.Target, new DeclaringVersion(seen.Key, seen.Label, seen.Dependencies)))]);
    }
}
