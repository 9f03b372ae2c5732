using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Deviating;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Deployments;

/// <summary>Who has to approve a plan: the table of domain §2.6, made stricter by what the environment and the model ask. The strictest wins.</summary>
public static class ApprovalPolicy
{
    /// <param name="risk">What counts of it; a standard change of more than low risk is approved as a normal one.</param>
    public static IReadOnlyList<NeededApproval> For(Plan plan, EnvironmentPolicy environment, RiskBand risk = RiskBand.Low)
    {
        IReadOnlyList<NeededApproval>[] besides = [OfModel(plan), plan.Deviations is { Count: > 0 } deviations ? [Agreeing(plan, deviations)] : [], OfEnvironment(plan, environment)];
        var strictest = Strictest.Of([Default(plan, risk), .. besides]);
        return plan.Category is ChangeCategory.Normal ? Marked(strictest, Strictest.Of(besides)) : strictest;
    }

    private static IReadOnlyList<NeededApproval> OfModel(Plan plan) =>
        [.. (plan.AskedByModel ?? []).Select(quality => new NeededApproval(quality, $"Model {plan.Model} v{plan.ModelVersion} asks for it."))];

    private static IReadOnlyList<NeededApproval> OfEnvironment(Plan plan, EnvironmentPolicy environment) =>
    [
        .. Enumerable.Repeat(new NeededApproval(ApproverQuality.Peer, $"The policy of {plan.Environment} asks for at least {Words.Count(environment.MinimumApprovals, "approval")}."), environment.MinimumApprovals),
    ];

    /// <summary>An authorised change stands for what only the table asks for: for each slot that others ask for, one stays with people.</summary>
    private static IReadOnlyList<NeededApproval> Marked(IReadOnlyList<NeededApproval> strictest, IReadOnlyList<NeededApproval> besides)
    {
        var free = strictest.ToList();
        foreach (var slot in besides)
            free.Remove(free.Find(slot.IsSameSlotAs) ?? free.OrderByDescending(other => other.Quality is ApproverQuality.Peer).First());
        return [.. strictest.Select(slot => slot with { ChangeMayGive = free.Remove(slot) })];
    }

    private static NeededApproval Agreeing(Plan plan, IReadOnlyList<PlannedDeviation> deviations) => new(
        ApproverQuality.Peer, $"The plan leaves what model {plan.Model} v{plan.ModelVersion} allows for {Words.List(deviations.Select(deviation => deviation.Parameter))}.", ByManager: true);

    private static IReadOnlyList<NeededApproval> Default(Plan plan, RiskBand risk)
    {
        if (!plan.IsLive || IsPreAuthorised(plan, risk)) return [];
        if (plan.Category is ChangeCategory.Emergency)
            return [new(ApproverQuality.EmergencyApprover, "An emergency in a live environment takes one emergency approver, asked at once.")];

        return risk switch
        {
            RiskBand.Low => [new(ApproverQuality.Peer, "A change of low risk in a live environment takes one peer.")],
            RiskBand.Medium =>
            [
                new(ApproverQuality.Peer, "A change of medium risk in a live environment takes an approver.", ByApprover: true),
                new(ApproverQuality.ServiceOwner, "A change of medium risk in a live environment takes the service owner."),
            ],
            _ =>
            [
                new(ApproverQuality.ChangeAuthority, "A change of high risk in a live environment takes the change authority."),
                new(ApproverQuality.Peer, "A change of high risk in a live environment takes a second approver.", ByApprover: true),
                new(ApproverQuality.ServiceOwner, "A change of high risk in a live environment takes the service owner."),
            ],
        };
    }

    /// <summary>Its model version authorises it, so no person has to.</summary>
    public static bool IsPreAuthorised(Plan plan, RiskBand risk) => plan is { Category: ChangeCategory.Standard, Deviations: null or [] } && (risk is RiskBand.Low || !plan.IsLive);

    /// <summary>Whether a person with these roles may fill the slot: any approver, or a practitioner or manager, is a peer.</summary>
    public static bool Qualifies(NeededApproval needed, IReadOnlyCollection<Role> roles, IReadOnlyCollection<ApproverQuality> qualities)
    {
        if (needed.ByManager) return roles.Contains(Role.DeploymentManager);
        if (needed.ByApprover) return roles.Contains(Role.Approver);

        return qualities.Contains(needed.Quality) || (needed.Quality is ApproverQuality.Peer
            && (qualities.Count > 0 || roles.Any(role => role is Role.DeploymentPractitioner or Role.DeploymentManager or Role.Approver)));
    }

    public static string WhoCould(NeededApproval needed) => needed switch
    {
        { ByManager: true } => "a deployment manager who did not plan it",
        { ByApprover: true } => "an approver who did not plan it",
        { Quality: ApproverQuality.Peer } => "any approver, deployment practitioner or deployment manager who did not plan it",
        _ => $"an approver with the quality {Words.Of(needed.Quality)}",
    };
}
