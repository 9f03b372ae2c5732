namespace DeployHub.Domain.Inventory;

/// <summary>What a worker saw.</summary>
/// <param name="Files">Folders first, then the newest file.</param>
/// <param name="HasMore">There are more than were told.</param>
/// <param name="Trouble">Why nothing could be seen, in a sentence; null when something was.</param>
public sealed record StoreAnswer(IReadOnlyList<StoredFile> Files, bool HasMore = false, Digest? Digest = null, long? Size = null, string? Trouble = null)
{
    public static StoreAnswer Failed(string trouble) => new([], Trouble: trouble);
}
