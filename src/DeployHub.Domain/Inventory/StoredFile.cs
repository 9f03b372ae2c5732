namespace DeployHub.Domain.Inventory;

/// <summary>A file or a folder in a definitive store.</summary>
/// <param name="Path">Below the store's location, with forward slashes.</param>
/// <param name="Size">Bytes; null for a folder.</param>
public sealed record StoredFile(string Path, long? Size, DateTimeOffset WrittenAt)
{
    public bool IsFolder => Size is null;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
