using DeployHub.Domain.Deployments;

namespace DeployHub.Features.Audit;

/// <summary>The deployment that a control was checked for.</summary>
internal sealed record Checked(DeploymentId Id, string Number);
