using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What a plan may remove: by a decision that was made, with a model that knows how, and where something is (domain §2.4.2).</summary>
internal sealed partial class PlanBinding
{
    /// <summary>Whatever else it may be for: an emergency keeps the reason by which rework is counted (domain D5), and what repeats, repairs or follows a removal keeps its own.</summary>
    private static readonly ReasonCode[] ToOnlyRemove =
        [ReasonCode.Removal, ReasonCode.Security, ReasonCode.FixIncident, ReasonCode.RollForward, ReasonCode.RetryAfterRollback, ReasonCode.SyncBack, ReasonCode.Drill];

    private Error? NotRemovable(PlanInput input, ModelContent model, IReadOnlyList<PlannedVersion> versions)
    {
        if (!versions.Any(version => version.IsRemoval))
            return input.Reason is ReasonCode.Removal ? Error.Invalid("plan.removes-nothing", "Plan.Reason", "The plan removes nothing: say what is removed, or choose another reason.") : null;

        if (model.Removal is null)
            return Error.Invalid("plan.model-cannot-remove", "Plan.Model", $"{model.Name} does not say how a component is removed. Choose a model with removal, or let its owner add that.");
        if (versions.All(version => version.IsRemoval) && input.Rehearsal is null && !ToOnlyRemove.Contains(input.Reason))
            return Error.Invalid("plan.reason-is-removal", "Plan.Reason", $"The plan only removes, so {Words.Of(input.Reason)} is not what it is for: choose Removal as its reason, or Fix incident or Security where it restores or protects a service.");

        return input.Removal?.DecidedOn > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(14)) // the latest day on earth
            ? Error.Invalid("plan.decision-in-future", "Plan.Removal.DecidedOn", "The decision lies in the future: say on which day it was made, or plan the removal once it is.")
            : null;
    }

    private async Task<Error?> NothingThereAsync(IReadOnlyList<PlannedVersion> versions, IReadOnlyList<PlannedTarget> targets, CancellationToken cancellationToken)
    {
        var (components, places) = (versions.Where(version => version.IsRemoval).Select(version => version.ComponentId).ToList(), targets.Select(target => target.Id).ToList());
        if (components.Count == 0) return null;

        var there = await db.ObservedVersions.Where(seen => places.Contains(seen.TargetId) && components.Contains(seen.ComponentId) && seen.VersionId != null)
            .Select(seen => seen.ComponentId).Distinct().ToListAsync(cancellationToken);
        return versions.FirstOrDefault(version => version.IsRemoval && !there.Contains(version.ComponentId)) is { } missing
            ? Error.Invalid("plan.nothing-to-remove", "Plan.Versions", $"{missing.Component} is on none of the planned targets, as far as DeployHub knows. Leave it out, or choose targets that have it.")
            : null;
    }

    private static PlannedRemoval? PlannedRemovalOf(RemovalInput? input) => input is not { DecidedOn: { } decidedOn } ? null
        : new(input.DecidedBy.Trim(), decidedOn, input.Reference.Trim(), NullIfEmpty(input.DependantsAccepted));
}
