namespace DeployHub.Domain.Deployments.Campaigns;

/// <summary>How a deployment of a campaign stands.</summary>
/// <param name="EndedAt">When a run brought it to its end; null before, and for what was cancelled or expired.</param>
public sealed record MemberState(DeploymentId Id, string Number, DeploymentStatus Status, Outcome? Outcome, DateTimeOffset? EndedAt)
{
    public bool IsOver => Status is DeploymentStatus.Completed or DeploymentStatus.Closed or DeploymentStatus.Cancelled or DeploymentStatus.Expired;

    public bool Succeeded => Outcome is Deployments.Outcome.Succeeded or Deployments.Outcome.SucceededAfterIntervention;
}
