namespace DeployHub.Domain.Models;

/// <summary>Domain §2.1.4.</summary>
public enum ModelVersionStatus
{
    Draft,
    InTest,
    Tested,
    Published,
    Suspended,
    Deprecated,
    Retired,
    Discarded,
}
