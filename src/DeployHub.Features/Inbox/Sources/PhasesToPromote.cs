using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Observed phases after which nothing goes on until somebody says so.</summary>
internal static class PhasesToPromote
{
    public static IEnumerable<InboxItem> On(Desk desk) =>
        from found in desk.Open
        where found is { Deployment.Status: DeploymentStatus.InProgress, Run.WaitingFor: WaitingReason.Promotion } && desk.May(Permission.PromotePhases, found)
        select found.Item(InboxKind.Promotion, found.Run!.WaitingSentence ?? "A phase waits to be promoted.", found.Deployment.Slot?.End, found.RunPath);
}
