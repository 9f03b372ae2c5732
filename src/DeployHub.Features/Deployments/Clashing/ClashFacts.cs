using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Clashing;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Clashing;

/// <summary>What else is planned at the same time, as the detection wants to see it.</summary>
internal static class ClashFacts
{
    /// <summary>So many deployments at the same time are compared.</summary>
    public const int Most = 200;

    private static readonly DeploymentStatus[] ThatCount = [DeploymentStatus.InReview, DeploymentStatus.Scheduled, DeploymentStatus.InProgress, DeploymentStatus.Halted];

    public static async Task<ClashSide> ClashSideAsync(this DeployHubDb db, Deployment deployment, Slot slot, CancellationToken cancellationToken) =>
        (await db.ClashSidesAsync([deployment], cancellationToken, slot))[0];

    /// <summary>The others in the same environment whose slot overlaps. A draft is nobody's promise yet, so it counts for nothing.</summary>
    public static async Task<(IReadOnlyList<ClashSide> Sides, bool LeftOut)> OthersAtAsync(
        this DeployHubDb db, EnvironmentId environment, Slot slot, string? except, CancellationToken cancellationToken)
    {
        var others = await db.Deployments.AsNoTracking()
            .Where(other => other.EnvironmentId == environment && ThatCount.Contains(other.Status) && other.Number != except
                && other.Slot != null && other.Slot.Start < slot.End && other.Slot.End > slot.Start)
            .OrderBy(other => other.Slot!.Start).ThenBy(other => other.Number)
            .Take(Most + 1)
            .ToListAsync(cancellationToken);
        return (await db.ClashSidesAsync([.. others.Take(Most)], cancellationToken), others.Count > Most);
    }

    /// <summary>What stands between two deployments now.</summary>
    public static async Task<IReadOnlyList<Clash>> ClashesBetweenAsync(this DeployHubDb db, Deployment mine, Deployment other, CancellationToken cancellationToken)
    {
        if (mine.Slot is null || other.Slot is null || !ThatCount.Contains(other.Status)) return [];

        var sides = await db.ClashSidesAsync([mine, other], cancellationToken);
        return ClashDetection.Find(sides[0], [sides[1]], []);
    }

    /// <summary>What planned versions declare.</summary>
    public static async Task<IReadOnlyDictionary<ComponentVersionId, IReadOnlyList<Dependency>>> DeclaredByAsync(
        this DeployHubDb db, IReadOnlyCollection<ComponentVersionId> versions, CancellationToken cancellationToken) =>
        await db.ComponentVersions.AsNoTracking().Where(version => versions.Contains(version.Id)).ToDictionaryAsync(version => version.Id, version => version.Dependencies, cancellationToken);

    private static async Task<IReadOnlyList<ClashSide>> ClashSidesAsync(this DeployHubDb db, IReadOnlyList<Deployment> deployments, CancellationToken cancellationToken, Slot? slot = null)
    {
        var versions = deployments.SelectMany(deployment => deployment.Plan.VersionIds).Distinct().ToList();
        var declared = await db.DeclaredByAsync(versions, cancellationToken);
        return
        [
            .. deployments.Select(deployment => new ClashSide(
                deployment.Number, deployment.Title, slot ?? deployment.Slot!, deployment.Plan.Environment, deployment.Owner.Name,
                [.. deployment.Plan.Versions.Select(version => new DeclaringVersion(version.Component, version.Label, version.VersionId is { } id ? declared.GetValueOrDefault(id, []) : []))],
                [.. deployment.Plan.Targets.Select(target => target.Name)],
                [.. deployment.People.Select(assigned => assigned.Person.Name).Distinct()])),
        ];
    }
}
