using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Risks;

/// <summary>Every way a risk says no.</summary>
public static class RiskErrors
{
    public static readonly Error NotAssessed =
        new(ErrorKind.Conflict, "risk.not-assessed", "The risk is computed when the plan is submitted, and can be judged until a run starts. Submit the plan first.");

    public static readonly Error Same = Error.Invalid("risk.same", "Band", "The risk is that already. Choose another one, or leave it as it is.");

    public static readonly Error OnlyApproversLower =
        new(ErrorKind.Forbidden, "risk.only-approvers-lower", "Anybody may raise the risk; lowering it takes an approver (domain §2.6). Ask one, with your reason.") { WhoCould = "an approver who did not plan it" };

    public static Error PlannerMayNotLower(Actor planner) =>
        new(ErrorKind.Forbidden, "SOD-1", $"{planner.Name} planned this, and whoever plans may not lower its risk (SOD-1). Ask another approver.") { WhoCould = "an approver who did not plan it" };

    public static Error AuthorMayNotLower(Actor author) =>
        new(ErrorKind.Forbidden, "SOD-2", $"{author.Name} is among the authors of this change, and no author lowers its risk (SOD-2). Ask another approver.") { WhoCould = "an approver who did not write it" };

    public static Error AtFloor(string why) =>
        new(ErrorKind.Conflict, "risk.at-floor", $"The risk is at least medium here, whatever anybody thinks of the rest: {why} Change the plan to get below (domain §2.6).");
}
