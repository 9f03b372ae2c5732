namespace DeployHub.Domain.Inventory;

/// <summary>What an environment is for (domain §1.3).</summary>
public enum Tier
{
    Development,
    Test,
    Staging,
    Production,
    DisasterRecovery,
    Other,
}
