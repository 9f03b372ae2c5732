namespace DeployHub.Domain.Deployments.Risks;

/// <summary>How much care a plan deserves (domain §2.6): a sum of 0 to 6 is low, 7 to 12 medium, 13 to 21 high.</summary>
public enum RiskBand
{
    Low,
    Medium,
    High,
}
