using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What runs in an environment and what a plan brings there, with what all of it declares.</summary>
public static class DependencyFacts
{
    public static async Task<DependencyPicture> DependencyPictureAsync(this DeployHubDb db, Plan plan, CancellationToken cancellationToken)
    {
        var ids = plan.VersionIds;
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

        var drifted = await (
            from item in db.DriftItems.OnlyOpen()
            join target in db.Targets on item.TargetId equals target.Id
            join environment in db.Environments on target.EnvironmentId equals environment.Id
            where environment.Key == plan.Environment && target.RetiredAt == null && item.Kind == FactKind.Component
            select new { Target = target.Name, Component = item.Name, Label = item.Observed }).AsNoTracking().ToListAsync(cancellationToken);
        var recorded = here.Select(seen => new PlacedVersion(seen.Target, new DeclaringVersion(seen.Key, seen.Label, seen.Dependencies)));
        var found = drifted.Select(item => new PlacedVersion(item.Target, new DeclaringVersion(item.Component, item.Label, [])));

        return new DependencyPicture(
            plan.Environment, [.. plan.Targets.Select(target => target.Name)],
            [.. plan.Versions.Select(version => new DeclaringVersion(version.Component, version.Label, version.VersionId is { } id ? declared.GetValueOrDefault(id, []) : []))],
            PlacedVersion.AsFound([.. recorded], [.. found]))
        { IsMissingAccepted = plan.Removal?.DependantsAccepted is not null };
    }
}
