namespace DeployHub.Domain.Models.Blocks;

public enum BlockVersionStatus
{
    Draft,

    /// <summary>Models may use it. A later version changes nothing about that.</summary>
    Published,

    /// <summary>Models that use it keep it and are warned.</summary>
    Retired,
    Discarded,
}

public enum BlockVersionTrigger
{
    /// <summary>Somebody drafted it or wrote another text.</summary>
    Edit,
    Publish,

    /// <summary>Content from elsewhere, such as Git, is published as it is.</summary>
    Import,
    Retire,
    Discard,
}
