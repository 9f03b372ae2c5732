using DeployHub.Domain.Deployments.ChangeTools;

namespace DeployHub.Domain.Deployments;

/// <summary>Whether everybody who has to approve has done so, or a change stands for them.</summary>
public static partial class StartGates
{
    private static Gate Approvals(Deployment deployment, ChangeStanding? change, DateTimeOffset now)
    {
        var pending = deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).Select(approval => approval.WhoCould).ToList();
        if (deployment.Status is DeploymentStatus.Draft) return new Gate(GateKind.Approval, false, "The plan is a draft: submit it first.");
        if (pending.Count > 0) return new Gate(GateKind.Approval, false, string.Join(' ', new[] { $"Waiting for approval by {Words.List(pending)}.", deployment.ApprovalsBy(change, now) }.OfType<string>()));

        var approved = deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Approved).ToList();
        if (approved.Exists(approval => approval.Change is null && approval.DecidedAt + ApprovalValidity < now))
            return new Gate(GateKind.Approval, false, "An approval is older than 14 days: recall the plan and submit it again.");
        if (change is null && !deployment.IsUnderWay && approved.Find(approval => approval.Change is not null) is { Change: { } lost })
            return new Gate(GateKind.Approval, false, $"{lost.Number} stood for an approval, and no change tool is connected any more that knows it: recall the plan and submit it again.");

        return new Gate(GateKind.Approval, true, approved.Count == 0 ? WithoutApproval(deployment) : $"Approved by {Words.List(approved.Select(approval => approval.DecidedBy!.Name).Distinct())}.");
    }

    private static string WithoutApproval(Deployment deployment) => deployment switch
    {
        { BrokenGlass: { } broken } => $"{broken.By.Name} broke the glass; approval is owed afterwards.",
        { Authorisation: { } authorised } => authorised.Sentence,
        _ => "No approval is needed here.",
    };
}
