namespace DeployHub.Features.Inbox;

/// <summary>In which order a person goes through what waits.</summary>
public static class InboxOrder
{
    /// <summary>What one is named for oneself first, each by its due time; what nothing hurries comes last.</summary>
    public static IReadOnlyList<InboxItem> Of(IEnumerable<InboxItem> items, DateTimeOffset now) =>
    [
        .. items.OrderBy(item => item.IsForOthers).ThenBy(item => item.Due ?? DateTimeOffset.MaxValue).ThenBy(item => item.Kind).ThenBy(item => item.Subject, StringComparer.Ordinal)
            .Select(item => item with { IsOverdue = item.Due < now }),
    ];
}
