namespace DeployHub.Domain.Models;

/// <summary>Domain §2.1.4.</summary>
public enum ModelVersionStatus
{
    Draft,
    InTest,
    Tested,

    /// <summary>The only state from which plans are made.</summary>
    Published,

    /// <summary>No new run may start; running ones continue.</summary>
    Suspended,

    /// <summary>A newer version took its place; approved plans may still run for a while.</summary>
    Deprecated,
    Retired,
    Discarded,
}

public enum ModelVersionTrigger
{
    /// <summary>Somebody drafted it or wrote another text.</summary>
    Edit,
    StartTesting,
    RecordRehearsal,
    PassTesting,
    Reopen,

    /// <summary>A second person agrees to its publication.</summary>
    Approve,
    Publish,

    /// <summary>Content from elsewhere, such as Git, is published as it is.</summary>
    Import,
    Suspend,
    Resume,

    /// <summary>A newer version was published.</summary>
    Supersede,
    Retire,
    Discard,
}
