using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs;

/// <summary>What the organisation's trust policies demand of each version, beside what the model asks for.</summary>
public sealed partial class Expansion
{
    /// <summary>The policies that bind each version, as they are now.</summary>
    public IReadOnlyDictionary<ComponentVersionId, IReadOnlyList<TrustPolicy>> TrustPolicies { get; init; } = new Dictionary<ComponentVersionId, IReadOnlyList<TrustPolicy>>();

    /// <summary>Also where the model asks the same: the finding names the policy. Without condition, and a failure halts.</summary>
    private List<StepRun> TrustPolicySteps(MovedVersion version, int after)
    {
        var (steps, values) = (new List<StepRun>(), Values(version, null, null));
        foreach (var policy in TrustPolicies.GetValueOrDefault(version.VersionId!.Value) ?? [])
            foreach (var (index, (name, check)) in policy.Newest.Demands.Checks.Index())
            {
                var mark = new TrustPolicyMark(policy.Key, policy.Newest.Number, policy.Newest.Author.Name, index == 0 ? policy.Newest.ValidUntil : null);
                steps.Add(StepRun.From(after + steps.Count + 1, null, new StepDefinition($"Trust policy {mark.Policy} v{mark.Version}: {name}", check), Fill(check, values), null, values, version.VersionId, policy: mark));
            }

        return steps;
    }
}
