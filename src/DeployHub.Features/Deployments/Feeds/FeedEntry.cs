namespace DeployHub.Features.Deployments.Feeds;

/// <summary>How sure it is, in the words of RFC 5545.</summary>
public enum EntryStatus
{
    Tentative,
    Confirmed,
    Cancelled,
}

/// <summary>One event of an outgoing feed.</summary>
/// <param name="Uid">The same for ever, whatever happens to what it stands for.</param>
/// <param name="Sequence">Grows with every change; never shrinks.</param>
/// <param name="ChangedAt">Of the last change.</param>
/// <param name="Path">Of its page; null when it has none of its own.</param>
public sealed record FeedEntry(
    string Uid, int Sequence, DateTimeOffset Start, DateTimeOffset End, string Summary, string Description, EntryStatus Status, DateTimeOffset ChangedAt, string? Path, string Category)
{
    /// <summary>It keeps nobody busy, as a window or a freeze.</summary>
    public bool IsTransparent { get; init; }
}
