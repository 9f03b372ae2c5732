using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Clashing;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Clashing;

/// <summary>What else is planned at the same time, as the detection wants to see it.</summary>
internal static class ClashFacts
{
    /// <summary>So many deployments at the same time are compared.</summary>
    public const int Most = 200;

    private static readonly DeploymentStatus[] ThatCount = [DeploymentStatus.InReview, DeploymentStatus.Scheduled, DeploymentStatus.InProgress, DeploymentStatus.Halted];

    public static async Task<ClashSide> ClashSideAsync(this DeployHubDb db, Deployment deployment, Slot slot, CancellationToken cancellationToken) =>
        (await db.ClashSidesAsync([(deployment, slot, deployment.Title)], cancellationToken))[0];

    /// <summary>The others in the same environment whose slot overlaps, or a slot that is kept for them. A draft is nobody's promise yet, so it counts for nothing.</summary>
    public static async Task<(IReadOnlyList<ClashSide> Sides, bool LeftOut)> OthersAtAsync(
        this DeployHubDb db, EnvironmentId environment, Slot slot, string? except, CancellationToken cancellationToken)
    {
        var others = await db.Deployments.AsNoTracking()
            .Where(other => other.EnvironmentId == environment && ThatCount.Contains(other.Status) && other.Number != except
                && other.Slot != null && other.Slot.Start < slot.End && other.Slot.End > slot.Start)
            .OrderBy(other => other.Slot!.Start).ThenBy(other => other.Number)
            .Take(Most + 1)
            .ToListAsync(cancellationToken);
        var kept = await db.ReservedAtAsync(environment, slot, except, cancellationToken);
        return (await db.ClashSidesAsync(
        [
            .. others.Take(Most).Select(other => (other, other.Slot!, other.Title)),
            .. kept.Select(other => (other.Deployment, other.Slot, $"{other.Deployment.Title}, reserved until {other.Exception} is decided")),
        ], cancellationToken), others.Count > Most);
    }

    /// <summary>What stands between two deployments now.</summary>
    public static async Task<IReadOnlyList<Clash>> ClashesBetweenAsync(this DeployHubDb db, Deployment mine, Deployment other, CancellationToken cancellationToken)
    {
        if (mine.Slot is null || other.Slot is null || !ThatCount.Contains(other.Status)) return [];

        var sides = await db.ClashSidesAsync([(mine, mine.Slot, mine.Title), (other, other.Slot, other.Title)], cancellationToken);
        return ClashDetection.Find(sides[0], [sides[1]], []);
    }

    /// <summary>What planned versions declare.</summary>
    public static async Task<IReadOnlyDictionary<ComponentVersionId, IReadOnlyList<Dependency>>> DeclaredByAsync(
        this DeployHubDb db, IReadOnlyCollection<ComponentVersionId> versions, CancellationToken cancellationToken) =>
        await db.ComponentVersions.AsNoTracking().Where(version => versions.Contains(version.Id)).ToDictionaryAsync(version => version.Id, version => version.Dependencies, cancellationToken);

    private static async Task<IReadOnlyList<ClashSide>> ClashSidesAsync(
        this DeployHubDb db, IReadOnlyList<(Deployment Deployment, Slot Slot, string Title)> deployments, CancellationToken cancellationToken)
    {
        var versions = deployments.SelectMany(planned => planned.Deployment.Plan.VersionIds).Distinct().ToList();
        var declared = await db.DeclaredByAsync(versions, cancellationToken);
        return
        [
            .. deployments.Select(planned => new ClashSide(
                planned.Deployment.Number, planned.Title, planned.Slot, planned.Deployment.Plan.Environment, planned.Deployment.Owner.Name,
                [.. planned.Deployment.Plan.Versions.Select(version => new DeclaringVersion(version.Component, version.Label, version.VersionId is { } id ? declared.GetValueOrDefault(id, []) : []))],
                [.. planned.Deployment.Plan.Targets.Select(target => target.Name)],
                [.. planned.Deployment.People.Select(assigned => assigned.Person.Name).Distinct()])),
        ];
    }
}
