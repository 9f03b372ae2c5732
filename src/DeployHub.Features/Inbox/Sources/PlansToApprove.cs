using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Plans that wait for a yes or a no that the caller may give.</summary>
internal static class PlansToApprove
{
    public static IEnumerable<InboxItem> On(Desk desk) => desk.Open.Where(found => Asks(desk, found)).Select(found => ItemOf(desk, found));

    /// <summary>A slot waits that the caller may fill.</summary>
    public static bool Asks(Desk desk, OpenDeployment found)
    {
        var deployment = found.Deployment;
        return deployment.Status is DeploymentStatus.InReview && desk.May(Permission.ApprovePlans, found) && !deployment.Planners.Any(desk.Caller.Actor.Is)
            && Pending(deployment).Any(approval => ApprovalPolicy.Qualifies(approval.Slot, desk.RolesAt(found), desk.QualitiesAt(found)))
            && !deployment.Approvals.Any(approval => approval.Status is ApprovalStatus.Approved && approval.DecidedBy!.Is(desk.Caller.Actor));
    }

    private static InboxItem ItemOf(Desk desk, OpenDeployment found) =>
        found.Item(InboxKind.Approval, Sentence(desk, found.Deployment), DueAt(found.Deployment), $"/deployments/{found.Deployment.Number}/decide") with
        {
            Risk = found.Deployment.Risk,
            PlanDigest = found.Deployment.PlanDigest.ToString(),
        };

    private static string Sentence(Desk desk, Deployment deployment)
    {
        var asked = Pending(deployment).Select(approval => approval.AskedOf).OfType<Actor>().ToList();
        var absent = asked.Find(person => desk.Covers.Any(person.Is));
        var planner = deployment.Planners[^1].Name;
        return asked.Exists(desk.Caller.Actor.Is) ? $"{planner} asks for your approval, passed on to you."
            : absent is not null ? $"{planner} asks for the approval of {absent.Name}, who is away: you decide in their place."
            : $"{planner} asks for your approval.";
    }

    /// <summary>The end of an emergency's timer, else the slot; on demand, when everybody is asked again.</summary>
    private static DateTimeOffset? DueAt(Deployment deployment) =>
        deployment.EmergencyTimerEndsAt ?? deployment.Slot?.Start ?? Pending(deployment).Min(approval => approval.AskedAt) + (ApprovalClock.Patience * 2);

    private static IEnumerable<Approval> Pending(Deployment deployment) => deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending);
}
