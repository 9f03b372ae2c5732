using static DeployHub.Domain.Deployments.DeploymentStatus;
using static DeployHub.Domain.Deployments.DeploymentTrigger;

namespace DeployHub.Domain.Deployments;

/// <summary>The rows of domain §2.4.1 that have commands so far.</summary>
public static class DeploymentMoves
{
    public static readonly StateTable<DeploymentStatus, DeploymentTrigger> Table = new("deployment")
    {
        { Draft, Submit, InReview },
        { InReview, Authorise, Scheduled },
        { InReview, BreakGlass, Scheduled },
        { InReview, Reject, Draft },
        { InReview, Recall, Draft },
        { Scheduled, Recall, Draft },
        { InReview, EditMaterial, InReview },
        { Scheduled, EditMaterial, InReview },
        { Scheduled, WithdrawApproval, InReview },
        { Scheduled, ExpireApproval, InReview },
        { Scheduled, ChangeRisk, InReview },
        { InReview, LeaveWindow, InReview },
        { Scheduled, LeaveWindow, InReview },
        { Scheduled, StartRun, InProgress },
        { InProgress, Halt, Halted },
        { Halted, Resume, InProgress },
        { InProgress, EndRun, Completed },
        { Halted, EndRun, Completed },
        { Halted, Postpone, Scheduled },
        { Halted, ReplaceComponent, Draft },
        { Draft, Cancel, Cancelled },
        { InReview, Cancel, Cancelled },
        { Scheduled, Cancel, Cancelled },
        { InReview, Expire, Expired },
        { Scheduled, Expire, Expired },
        { Completed, Close, Closed },
    };
}
