using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Campaigns;

/// <summary>Look-ups that several messages about campaigns share.</summary>
internal static class CampaignLookups
{
    /// <param name="seen">The row version that was looked at; null asks for no comparison.</param>
    public static async Task<Result<Campaign>> FindCampaignAsync(this DeployHubDb db, string number, uint? seen, CancellationToken cancellationToken)
    {
        if (await db.Campaigns.SingleOrDefaultAsync(campaign => campaign.Number == number, cancellationToken) is not { } found) return Error.NotFound("campaign", number);
        return db.ChangedSince(found, seen) is { } changed ? changed : found;
    }

    public static Task<List<Deployment>> DeploymentsOfAsync(this DeployHubDb db, Campaign campaign, CancellationToken cancellationToken)
    {
        var ids = campaign.Members.Select(member => member.Id).ToList();
        return db.Deployments.Where(deployment => ids.Contains(deployment.Id)).ToListAsync(cancellationToken);
    }

    /// <summary>How deployments stand, as the database has it.</summary>
    public static Task<List<MemberState>> StatesAsync(this DeployHubDb db, IQueryable<Deployment> deployments, CancellationToken cancellationToken) =>
        deployments.Select(deployment => new MemberState(deployment.Id, deployment.Number, deployment.Status, deployment.Outcome, deployment.CompletedAt)).ToListAsync(cancellationToken);

    /// <summary>Why the caller may not do this with every one of these deployments; null when they may.</summary>
    public static async Task<Error?> RefusalOfAsync(this DeployHubDb db, Caller caller, Permission permission, IReadOnlyList<Deployment> deployments, CancellationToken cancellationToken)
    {
        var owners = await db.ServicesByComponentAsync(deployments.SelectMany(deployment => deployment.Plan.Versions, (_, version) => version.ComponentId), cancellationToken);
        return deployments.Select(deployment => caller.RefusalThroughout(permission, owners.Of(deployment.Plan), deployment.Plan.Environment)).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>
    /// Completes the campaigns of deployments that are over, once all of theirs are. The campaign's row is locked first: of two deployments that end
    /// at the same time the later one sees the other's end.
    /// </summary>
    public static async Task FollowCampaignsAsync(this DeployHubDb db, IReadOnlyList<Deployment> over, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var id in over.Select(deployment => deployment.CampaignId).OfType<CampaignId>().Distinct().OrderBy(id => id.Value))
        {
            var campaign = await db.Campaigns.FromSql($"select c.*, c.xmin from campaigns c where c.id = {id.Value} for update").SingleAsync(cancellationToken);
            var ids = campaign.Members.Select(member => member.Id).ToList();
            var stored = await db.StatesAsync(db.Deployments.Where(deployment => ids.Contains(deployment.Id)), cancellationToken);
            campaign.Follow([.. stored.Select(state => over.FirstOrDefault(deployment => deployment.Id == state.Id) is { } ended ? StateOf(ended) : state)], at);
        }
    }

    private static MemberState StateOf(Deployment deployment) => new(deployment.Id, deployment.Number, deployment.Status, deployment.Outcome, deployment.CompletedAt);
}
