using DeployHub.Domain.Deployments.Relations;

namespace DeployHub.Features.Deployments.Relations;

/// <summary>A deployment that a plan starts after, as people and programs say it.</summary>
/// <param name="Deployment">Its number.</param>
public sealed record PredecessorInput(string Deployment, PredecessorEnd Until = PredecessorEnd.Success);
