using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>One of the two who go on against an objection: a deployment manager and the owner of the service.</summary>
/// <param name="IsManager">Decides as deployment manager.</param>
/// <param name="IsServiceOwner">Decides as the owner of the service.</param>
public sealed record OverrideVote(bool IsManager, bool IsServiceOwner, string Reason, Actor By, DateTimeOffset At)
{
    /// <summary>Between them they are both, and nobody counts twice.</summary>
    internal bool Completes(OverrideVote other) => !By.Is(other.By) && ((IsManager && other.IsServiceOwner) || (IsServiceOwner && other.IsManager));
}
