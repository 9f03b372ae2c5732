namespace DeployHub.Domain.Deployments;

/// <summary>What a completed deployment came to (domain §2.4.4).</summary>
public enum Outcome
{
    Succeeded,
    SucceededAfterIntervention,
    PartiallyDeployed,
    RolledBack,
    RolledForward,
    Failed,
}
