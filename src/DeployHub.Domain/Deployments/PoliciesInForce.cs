using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Deployments;

/// <summary>Which trust policies bind a plan: each component has to meet those of its own service.</summary>
/// <param name="policies">In order of their keys.</param>
/// <param name="services">Keys of the services to which the planned components belong.</param>
public sealed class PoliciesInForce(IReadOnlyList<TrustPolicy> policies, IReadOnlyDictionary<ComponentId, string> services)
{
    /// <summary>What is to be absent brings nothing that could be trusted or not.</summary>
    public IReadOnlyList<TrustPolicy> On(PlannedVersion version, Tier tier) => version.IsRemoval ? [] :
        [.. policies.Where(policy => services.TryGetValue(version.ComponentId, out var service) && policy.Binds(service, tier, version.Kind))];

    public IReadOnlyList<TrustPolicy> On(Plan plan)
    {
        var bound = plan.Versions.SelectMany(version => On(version, plan.Tier)).ToHashSet();
        return [.. policies.Where(bound.Contains)];
    }
}
