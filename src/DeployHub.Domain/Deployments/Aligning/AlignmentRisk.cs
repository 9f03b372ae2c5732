using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>How much a deployment may do to those whom it concerns, as their rules and agreements weigh it.</summary>
public enum AlignmentRisk
{
    Low,
    Medium,
    High,
}

public static class AlignmentRisks
{
    /// <summary>As the approvals of domain §2.6 weigh a plan: what touches no user is low, what cannot be taken back from users is high.</summary>
    public static AlignmentRisk Of(Plan plan) => plan switch
    {
        { IsLive: false } => AlignmentRisk.Low,
        { RollbackMethod: RollbackMethod.Irreversible } => AlignmentRisk.High,
        _ => AlignmentRisk.Medium,
    };
}
