using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Approving;

/// <summary>An approver was called for an emergency.</summary>
public sealed record ApproverCall(Actor Person, DateTimeOffset At);
