namespace DeployHub.Domain.Deployments;

/// <summary>Domain §2.6.</summary>
public enum ChangeCategory
{
    Normal,
    Standard,
    Emergency,
}
