using DeployHub.Features.Inventory;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Drift that owners of environments and deployment managers have to decide about.</summary>
internal static class DriftToDecide
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken) =>
        (await desk.Db.DriftAskedOfAsync(desk.Caller, desk.Now, cancellationToken)).Select(asked => new InboxItem(
            InboxKind.Drift, asked.What, asked.EnvironmentName, asked.Sentence, asked.IsUrgent ? asked.Since : null, asked.Path)
        { Environment = asked.Environment });
}
