using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>How commands of people reach a drift item: in its environment, within their scope, while nobody looks at its target.</summary>
internal static class DriftLookups
{
    public static async Task<Result<DriftItem>> LockDriftAsync(this DeployHubDb db, string environment, Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await db.FindDriftAsync(environment, id, cancellationToken);
        if (found is null) return Error.NotFound("drift-item", id.ToString());
        if (caller.RefusalAround(Permission.HandleDrift, environment: environment) is { } outOfReach) return outOfReach;

        await db.LockTargetAsync(found.TargetId, cancellationToken);
        return await db.DriftItems.SingleAsync(item => item.Id == found.Id, cancellationToken);
    }

    /// <summary>As it is stored, not to be changed; null when there is none in the environment.</summary>
    public static Task<DriftItem?> FindDriftAsync(this DeployHubDb db, string environment, Guid id, CancellationToken cancellationToken)
    {
        var item = new DriftItemId(id);
        return db.DriftItems.AsNoTracking().SingleOrDefaultAsync(
            known => known.Id == item && db.Targets.Any(target => target.Id == known.TargetId && db.Environments.Any(place => place.Id == target.EnvironmentId && place.Key == environment)), cancellationToken);
    }

    public static async Task<TargetBaseline> BaselineAsync(this DeployHubDb db, TargetId target, CancellationToken cancellationToken) =>
        await db.TargetBaselines.FindAsync([target], cancellationToken) ?? db.TargetBaselines.Add(TargetBaseline.Of(target)).Entity;

    /// <summary>Why not, for what only the environment's owner decides (domain §4.2).</summary>
    public static Error? OwnerRefusal(this Caller caller, string environment) =>
        caller.RefusalAround(Permission.AcceptDrift, environment: environment) is { } refusal ? refusal with { WhoCould = DriftErrors.OwnerDecides.WhoCould }
        : caller.OwnsEnvironment(environment) ? null
        : DriftErrors.OwnerDecides;

    /// <summary>What is in a deployment's way is not waved through by those who deploy.</summary>
    public static Error? RefusalToOverlook(this Caller caller, DriftItem item, string environment) =>
        item.Severity is DriftSeverity.Blocking ? caller.OwnerRefusal(environment) : null;
}
