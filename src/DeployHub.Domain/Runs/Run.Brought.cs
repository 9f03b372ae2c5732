using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Runs;

/// <summary>What a run left of a component on a target.</summary>
/// <param name="Label">The version's label, or <see cref="WatchedFact.Absent"/>.</param>
/// <param name="Since">When it began there.</param>
public sealed record Brought(string Label, DateTimeOffset Since);

/// <summary>What a run did where, whatever was planned.</summary>
public sealed partial class Run
{
    /// <summary>
    /// Where Execute touched the target, the version that the run moves there, whether or not it came to its end; the one before where a
    /// rollback has succeeded. Null where nothing was touched, and for a component that the run does not move.
    /// </summary>
    public Brought? BroughtTo(TargetId target, ComponentId component)
    {
        var touched = TargetRuns.Where(targetRun => targetRun is { IsTouched: true, BeganAt: not null } && targetRun.TargetId == target).ToList();
        if (touched.FindLast(targetRun => IsReturn(targetRun) && targetRun.Status is TargetRunStatus.Succeeded) is { } returned)
            return Baselines?.FirstOrDefault(known => known.TargetId == target && known.ComponentId == component) is { } before ? new Brought(before.Version?.Label ?? WatchedFact.Absent, returned.BeganAt!.Value) : null;

        return touched.FindLast(targetRun => !IsReturn(targetRun)) is { } updated && Versions.FirstOrDefault(version => version.ComponentId == component) is { } moved
            ? new Brought(moved.Label, updated.BeganAt!.Value)
            : null;
    }

    /// <summary>It leads its target back.</summary>
    internal bool IsReturn(TargetRun targetRun) => targetRun.Stage is Stage.Execute && Of(Stage.Execute).Phases[targetRun.Phase - 1].IsRollback;
}
