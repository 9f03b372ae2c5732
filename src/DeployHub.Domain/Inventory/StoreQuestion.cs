namespace DeployHub.Domain.Inventory;

/// <summary>What somebody wants to know of a place in a definitive store.</summary>
public enum StoreQuestion
{
    /// <summary>Which files and folders lie in a folder of it.</summary>
    Files,

    /// <summary>Which digest and size a file has.</summary>
    Digest,
}
