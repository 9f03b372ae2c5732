using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments;

/// <summary>Who has to approve a plan: the default table of domain §2.6, made stricter by what the model asks and by the environment's own policy.</summary>
public static class ApprovalPolicy
{
    public static IReadOnlyList<ApproverQuality> For(Plan plan, EnvironmentPolicy environment)
    {
        List<ApproverQuality> needed = plan switch
        {
            { Category: ChangeCategory.Emergency, IsLive: true } => [ApproverQuality.EmergencyApprover],
            { IsLive: true, RollbackMethod: RollbackMethod.Irreversible } => [ApproverQuality.ChangeAuthority, ApproverQuality.ServiceOwner],
            { IsLive: true } => [ApproverQuality.Peer],
            _ => [],
        };
        while (needed.Count < environment.MinimumApprovals) needed.Add(ApproverQuality.Peer);

        return Strictest.Of(needed, plan.AskedByModel ?? []);
    }

    /// <summary>Whether a person with these roles may fill the slot: any approver, or a practitioner or manager, is a peer.</summary>
    public static bool Qualifies(ApproverQuality needed, IEnumerable<Role> roles, IEnumerable<ApproverQuality> qualities)
    {
        var held = qualities.ToHashSet();
        return held.Contains(needed) || (needed is ApproverQuality.Peer
            && (held.Count > 0 || roles.Any(role => role is Role.DeploymentPractitioner or Role.DeploymentManager or Role.Approver)));
    }

    public static string WhoCould(ApproverQuality needed) => needed is ApproverQuality.Peer
        ? "any approver, deployment practitioner or deployment manager who did not plan it"
        : $"an approver with the quality {Words.Of(needed)}";
}
