namespace DeployHub.Features.Inbox.Sources;

/// <summary>Slots of the caller's own plans that passed without a start.</summary>
internal static class SlotsMissed
{
    public static IEnumerable<InboxItem> On(Desk desk) =>
        from found in desk.Open
        where found.Deployment.IsMissed && found.Deployment.Owner.Is(desk.Caller.Actor)
        select found.Item(
            InboxKind.MissedSlot, $"Its slot passed without a start: give it another one or cancel it. It expires on {found.Deployment.ExpiresAt:yyyy-MM-dd}.", found.Deployment.ExpiresAt,
            $"/deployments/{found.Deployment.Number}");
}
