using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Campaigns;

/// <summary>Campaigns, the newest first, a page at a time.</summary>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
/// <param name="Status">Only in this state.</param>
public sealed record ListCampaigns(string? After = null, int? Limit = null, CampaignStatus? Status = null) : IQuery<Page<ListCampaigns.Row>>
{
    /// <param name="Over">How many of its deployments are over.</param>
    public sealed record Row(string Number, string Title, CampaignStatus Status, int Deployments, int Over, int Succeeded, string PlannedBy, DateTimeOffset PlannedAt, DateTimeOffset? EndedAt);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListCampaigns, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListCampaigns query, CancellationToken cancellationToken)
        {
            var campaigns = db.Campaigns.AsNoTracking();
            if (query.After is { } after) campaigns = campaigns.Where(campaign => campaign.Number.CompareTo(after) < 0);
            if (query.Status is { } status) campaigns = campaigns.Where(campaign => campaign.Status == status);

            var found = await campaigns.OrderByDescending(campaign => campaign.Number).Take(Page.Size(query.Limit) + 1).ToListAsync(cancellationToken);
            var ids = found.SelectMany(campaign => campaign.Members, (_, member) => member.Id).ToList();
            var states = (await db.StatesAsync(db.Deployments.Where(deployment => ids.Contains(deployment.Id)), cancellationToken)).ToDictionary(state => state.Id);
            return Page.Of(found.ConvertAll(campaign => RowOf(campaign, [.. campaign.Members.Select(member => states[member.Id])])), query.Limit, row => row.Number);
        }

        private static Row RowOf(Campaign campaign, IReadOnlyList<MemberState> members) => new(
            campaign.Number, campaign.Title, campaign.Status, members.Count, members.Count(member => member.IsOver), members.Count(member => member.Succeeded),
            campaign.PlannedBy.Name, campaign.PlannedAt, campaign.EndedAt);
    }
}
