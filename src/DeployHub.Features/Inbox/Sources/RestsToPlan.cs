using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Targets that deployments of the caller's left out, and that nobody has planned for yet.</summary>
internal static class RestsToPlan
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        var (residuals, owner) = (desk.Db.ResidualDeployments(), desk.Caller.Actor.Id);
        var partial = await desk.Db.WithRunsAsync(
            desk.Db.Deployments.FromSql($"select deployment.*, deployment.xmin from deployments deployment where deployment.owner ->> 'id' = {owner}")
                .Where(deployment => deployment.Status == DeploymentStatus.Completed && deployment.Outcome == Outcome.PartiallyDeployed && !residuals.Any(residual => residual.ResidualOf == deployment.Id))
                .OrderByDescending(deployment => deployment.Number).Take(Desk.Most), cancellationToken);
        return from found in partial
               where found.Deployment.Owner.Is(desk.Caller.Actor) && found.Deployment.Residual.Count > 0
               select found.Item(
                   InboxKind.RestToPlan, $"{Words.Count(found.Deployment.Residual.Count, "target")} left out: plan the rest.", null, $"/deployments/{found.Deployment.Number}");
    }
}
