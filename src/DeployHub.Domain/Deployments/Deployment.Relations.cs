using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Deployments.Relations;

namespace DeployHub.Domain.Deployments;

/// <summary>What it starts after, and the campaign that it belongs to.</summary>
public sealed partial class Deployment
{
    /// <summary>The campaign that it is a part of; null for any other.</summary>
    public CampaignId? CampaignId { get; private set; }

    /// <summary>Ids of those that it starts after, kept beside the plan so that a deployment finds those that wait for it.</summary>
    public IReadOnlyList<Guid> Follows
    {
        get => [.. Plan.After.Select(predecessor => predecessor.Id.Value)];
        private set { } // read from the plan
    }

    /// <summary>It is still to come: no run goes on, and it is not over.</summary>
    public bool IsBeforeRun => Status is DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled;

    /// <summary>A run has started and has not ended.</summary>
    public bool IsUnderWay => Status is DeploymentStatus.InProgress or DeploymentStatus.Halted;

    /// <summary>
    /// Becomes a part of a campaign, which says what it starts after. That only ever makes it wait longer, so approvals, what others agreed to and
    /// what it risks stay (domain §2.4.2). Refused with <c>campaign.deployment-started</c> and <c>campaign.deployment-elsewhere</c>.
    /// </summary>
    /// <param name="after">What the campaign puts before it.</param>
    public Result JoinCampaign(Campaign campaign, IReadOnlyList<Predecessor> after, Actor by, DateTimeOffset at)
    {
        if (Status is not (DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled)) return CampaignErrors.Started(Number);
        if (CampaignId is not null) return CampaignErrors.Elsewhere(Number);

        var before = PlanDigest;
        CampaignId = campaign.Id;
        Plan = Plan with { After = [.. Plan.After.Where(known => after.All(added => added.Id != known.Id)), .. after] };
        PlanDigest = Plan.Digest;
        CarryAlignments(before, planner: null);
        if (Risk is { } risk && risk.PlanDigest == before) Risk = risk with { PlanDigest = PlanDigest };
        var behind = after.Count == 0 ? "at its beginning" : $"after {Words.List(after.Select(predecessor => predecessor.Number))}";
        Append("JoinCampaign", $"{by.Name} made it a part of {campaign.Number}, {behind}.", by, at);
        return Result.Success;
    }

    /// <summary>Its campaign is given up; what it starts after stays as it is.</summary>
    public void LeaveCampaign(string campaign, Actor by, DateTimeOffset at)
    {
        CampaignId = null;
        Append("LeaveCampaign", $"{by.Name} gave {campaign} up; this deployment is on its own again and starts after the same ones.", by, at);
    }
}
