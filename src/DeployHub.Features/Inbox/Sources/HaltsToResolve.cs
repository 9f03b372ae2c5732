using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>What stands still until somebody decides, who may end that or lead back.</summary>
internal static class HaltsToResolve
{
    public static IEnumerable<InboxItem> On(Desk desk) =>
        from found in desk.Open
        where found.Deployment.Status is DeploymentStatus.Halted && (desk.May(Permission.ResolveHalts, found) || desk.May(Permission.RollBack, found))
        select found.Item(InboxKind.Halt, found.Run?.OpenHalt?.Sentence ?? "Halted.", found.Run?.OpenHalt?.At, found.RunPath);
}
