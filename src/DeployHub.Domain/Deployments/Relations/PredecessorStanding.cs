namespace DeployHub.Domain.Deployments.Relations;

/// <summary>How a deployment stands now that another one starts after.</summary>
public sealed record PredecessorStanding(string Number, DeploymentStatus Status, Outcome? Outcome, PredecessorEnd Until)
{
    private bool IsOver => Status is DeploymentStatus.Completed or DeploymentStatus.Closed or DeploymentStatus.Cancelled or DeploymentStatus.Expired;

    private bool Succeeded => Outcome is Deployments.Outcome.Succeeded or Deployments.Outcome.SucceededAfterIntervention;

    /// <summary>Waiting does not help any more: somebody has to change the plan.</summary>
    public bool IsInVain => IsOver && Until is PredecessorEnd.Success && !Succeeded;

    /// <summary>Why nothing may start after it yet, with what to do; null when it may.</summary>
    public string? Objection => this switch
    {
        { IsInVain: true, Outcome: { } outcome } =>
            $"{Number} ended {Words.Of(outcome)}, and this plan needs its success: name the deployment that repairs it, or take {Number} out of what this plan starts after.",
        { IsInVain: true } => $"{Number} is {Words.Of(Status)} and will not complete: plan it anew and name that one, or take {Number} out of what this plan starts after.",
        { IsOver: true } => null,
        { Status: DeploymentStatus.Halted } => $"{Number} is halted: somebody has to resolve that first.",
        _ => $"{Number} comes before and is {Words.Of(Status)}: it has to {(Until is PredecessorEnd.Success ? "complete successfully" : "end")} first.",
    };
}
