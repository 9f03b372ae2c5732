using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Features.Deployments.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Campaigns that wait for a go, for whoever may give it for every deployment of theirs.</summary>
internal static class CampaignsToDecide
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (!desk.Caller.May(Permission.ApprovePlans)) return [];

        var (deployed, beyond) = (desk.Db.Deployments, desk.Db.DeploymentsBeyond(desk.Caller, Permission.ApprovePlans));
        var planned = await desk.Db.Campaigns.AsNoTracking()
            .Where(campaign => campaign.Status == CampaignStatus.Planned && !beyond.Any(deployment => deployment.CampaignId == campaign.Id))
            .OrderBy(campaign => deployed.Where(deployment => deployment.CampaignId == campaign.Id).Min(deployment => (DateTimeOffset?)deployment.Slot!.Start)).ThenBy(campaign => campaign.Number)
            .Take(Desk.Most).ToListAsync(cancellationToken);
        List<InboxItem> items = [];
        foreach (var campaign in planned)
        {
            var deployments = await desk.Db.DeploymentsOfAsync(campaign, cancellationToken);
            if (await desk.Db.RefusalOfAsync(desk.Caller, Permission.ApprovePlans, deployments, cancellationToken) is not null) continue;

            items.Add(new InboxItem(
                InboxKind.Campaign, campaign.Number, campaign.Title, $"{campaign.PlannedBy.Name} asks for a go or no-go for {Words.Count(campaign.Members.Count, "deployment")}.",
                deployments.Min(deployment => deployment.Slot?.Start), $"/campaigns/{campaign.Number}"));
        }

        return items;
    }
}
