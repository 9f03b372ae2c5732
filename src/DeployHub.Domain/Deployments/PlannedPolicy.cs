using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Deployments;

/// <summary>A trust policy that binds a plan, as it was when the plan was made: approvals bind to what it demands.</summary>
/// <param name="Policy">Its key.</param>
/// <param name="Demands">Digest of what that version demands; a version that only renews has the same.</param>
public sealed record PlannedPolicy(string Policy, int Version, Digest Demands)
{
    public static PlannedPolicy Of(TrustPolicy policy) => new(policy.Key, policy.Newest.Number, policy.Newest.Demands.Digest);

    /// <summary>What is otherwise now, a sentence each; none when the plan would carry the same.</summary>
    internal static IReadOnlyList<string> Changes(IReadOnlyList<PlannedPolicy> planned, IReadOnlyList<PlannedPolicy> now) =>
    [
        .. from policy in now
           let before = planned.FirstOrDefault(known => known.Policy == policy.Policy)
           where before?.Demands != policy.Demands
           select before is null
               ? $"The trust policy {policy.Policy} v{policy.Version} binds this plan, and it was made without it."
               : $"The trust policy {policy.Policy} is v{policy.Version} now and demands something else than v{before.Version}, with which this plan was made.",
        .. planned.Where(before => now.All(policy => policy.Policy != before.Policy)).Select(gone => $"The trust policy {gone.Policy} v{gone.Version}, with which this plan was made, binds it no more."),
    ];
}
