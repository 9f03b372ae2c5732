namespace DeployHub.Domain.Deployments;

/// <summary>What is pulled first when several could go. Not material: no approval binds to it.</summary>
public enum Priority
{
    Low = -1,
    Normal = 0,
    High = 1,
}
