using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Objections of partners that a deployment manager and the owner of the service could go on against, together.</summary>
internal static class ObjectionsToOverride
{
    public static IEnumerable<InboxItem> On(Desk desk) =>
        from found in desk.Open
        where found.Deployment.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled && DecidesHere(desk, found)
        from request in found.Deployment.Alignments
        where request.Status is AlignmentStatus.Objected && !request.Override.Any(vote => vote.By.Is(desk.Caller.Actor))
        select found.Item(
            InboxKind.Objection, $"{request.Name} objects{(string.IsNullOrWhiteSpace(request.Answer?.Words) ? "." : $": {request.Answer.Words}")} Meet it, or go on against it with a second person.",
            found.Deployment.Slot?.Start, $"/deployments/{found.Deployment.Number}/alignment");

    private static bool DecidesHere(Desk desk, OpenDeployment found) =>
        desk.May(Permission.OverrideObjections, found)
        && (desk.RolesAt(found).Contains(Role.DeploymentManager) || desk.QualitiesAt(found).Contains(ApproverQuality.ServiceOwner));
}
