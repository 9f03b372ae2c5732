using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Relations;

/// <summary>What the gates have to know of what comes before, and of campaigns.</summary>
internal sealed class RelationFacts(
    IReadOnlyDictionary<DeploymentId, MemberState> predecessors, IReadOnlyDictionary<CampaignId, Campaign> campaigns, ILookup<CampaignId, MemberState> members)
{
    public IReadOnlyList<PredecessorStanding> PredecessorsOf(Deployment deployment) => [.. deployment.Plan.After.Select(StandingOf)];

    private PredecessorStanding StandingOf(Predecessor before) => new(before.Number, predecessors[before.Id].Status, predecessors[before.Id].Outcome, before.Until);

    public CampaignStanding? CampaignOf(Deployment deployment) =>
        deployment.CampaignId is { } id ? campaigns[id].StandingFor(deployment.Id, members[id]) : null;

    public static async Task<RelationFacts> ReadAsync(DeployHubDb db, IReadOnlyList<Deployment> deployments, CancellationToken cancellationToken)
    {
        var before = deployments.SelectMany(deployment => deployment.Plan.After, (_, predecessor) => predecessor.Id).Distinct().ToList();
        var ids = deployments.Select(deployment => deployment.CampaignId).OfType<CampaignId>().Distinct().ToList();
        var predecessors = before.Count == 0 ? [] : await db.StatesAsync(db.Deployments.Where(deployment => before.Contains(deployment.Id)), cancellationToken);
        var campaigns = ids.Count == 0 ? [] : await db.Campaigns.AsNoTracking().Where(campaign => ids.Contains(campaign.Id)).ToListAsync(cancellationToken);
        var members = campaigns.SelectMany(campaign => campaign.Members, (campaign, member) => (campaign.Id, Member: member.Id)).ToList();
        var all = members.ConvertAll(member => member.Member);
        var states = all.Count == 0 ? [] : (await db.StatesAsync(db.Deployments.Where(deployment => all.Contains(deployment.Id)), cancellationToken)).ToDictionary(state => state.Id);
        return new RelationFacts(
            predecessors.ToDictionary(state => state.Id), campaigns.ToDictionary(campaign => campaign.Id), members.ToLookup(member => member.Id, member => states[member.Member]));
    }
}
