using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>What the plan wants absent: it is looked at before, taken away in Execute, and proven to be gone (domain §2.4.2).</summary>
public sealed partial class Expansion
{
    private static readonly StepDefinition MayBeRemoved = new("May be removed", new CheckRemoval()) { Timeout = "1m" };

    private static readonly StepDefinition Reach = new("Reach the target", new CheckReachable()) { Timeout = "1m" };

    private IReadOnlyList<MovedVersion>? _brought;
    private IReadOnlyList<MovedVersion>? _removed;

    private IReadOnlyList<MovedVersion> Brought => _brought ??= [.. versions.Where(version => !version.IsRemoval)];

    private IReadOnlyList<MovedVersion> Removed => _removed ??= [.. versions.Where(version => version.IsRemoval)];

    private bool IsRemoved(ComponentId component) => Removed.Any(version => version.ComponentId == component);

    /// <summary>What comes is brought before anything goes.</summary>
    private List<StepRun> Executed(RunTarget target, PhaseRun phase)
    {
        var steps = Brought.Count == 0 ? [] : Steps(model.Execute.Steps, Brought, target, phase);
        return Removed.Count == 0 ? steps : [.. steps, .. Steps(Removal.Steps, Removed, target, phase, steps.Count)];
    }

    private List<StepRun> Verified(RunTarget target)
    {
        var proof = Removed.Count == 0 ? [] : Steps(Removal.Proof, Removed, target);
        return [.. proof, .. Steps(Brought.Count == 0 ? Comparing([], Compared) : DeploymentChecks, Brought, target, after: proof.Count)];
    }

    /// <summary>The versions that were there come back as they once came.</summary>
    private List<StepRun> BroughtBack(IReadOnlyList<MovedVersion> previous, RunTarget target, PhaseRun phase, int after) =>
        previous.Count == 0 ? [] : Steps([.. model.Execute.Steps.Where(DoesNotAskReaders)], previous, target, phase, after);

    /// <summary>Plans are bound to models that have one; a model that is simulated may have none.</summary>
    private RemovalDefinition Removal
    {
        get
        {
            if (model.Removal is { } removal) return removal;

            _refusals.Add($"{model.Name} does not say how a component is removed.");
            return new RemovalDefinition([], []);
        }
    }

    /// <summary>Where every step speaks of a version and none comes, the target is at least reached.</summary>
    private List<StepRun> NeverEmpty(List<StepRun> steps, RunTarget target) => steps.Count > 0 || Removed.Count == 0 ? steps : Steps([Reach], [], target);
}
