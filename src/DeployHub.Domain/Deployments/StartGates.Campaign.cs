using DeployHub.Domain.Deployments.Campaigns;

namespace DeployHub.Domain.Deployments;

/// <summary>What the campaign of a deployment allows.</summary>
public static partial class StartGates
{
    /// <summary>None where it belongs to no campaign. A campaign keeps back what has not started, and nothing else.</summary>
    private static IEnumerable<Gate> Campaign(Deployment deployment, CampaignStanding? campaign)
    {
        if (campaign is null || deployment.IsUnderWay) return [];

        var objection = campaign.ObjectionTo(deployment.PlanDigest);
        return [new Gate(GateKind.Campaign, objection is null, objection ?? $"{campaign.Number} has the go for this plan.")];
    }
}
