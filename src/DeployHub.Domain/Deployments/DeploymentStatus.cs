namespace DeployHub.Domain.Deployments;

/// <summary>Domain §2.4.1.</summary>
public enum DeploymentStatus
{
    Draft,
    InReview,
    Scheduled,
    InProgress,
    Halted,
    Completed,
    Closed,
    Cancelled,
    Expired,
}

public enum DeploymentTrigger
{
    Submit,
    Authorise,
    BreakGlass,
    Reject,
    Recall,
    EditMaterial,
    WithdrawApproval,
    ExpireApproval,
    ChangeRisk,
    LeaveWindow,
    StartRun,
    Halt,
    Resume,
    EndRun,
    Postpone,
    ReplaceComponent,
    Cancel,
    Expire,
    Close,
}
