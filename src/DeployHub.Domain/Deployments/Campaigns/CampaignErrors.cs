using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Campaigns;

/// <summary>Every way a campaign says no.</summary>
public static class CampaignErrors
{
    public static readonly Error TooFew = Error.Invalid("campaign.too-few", "Waves", "A campaign holds at least two deployments; a single one needs none.");

    public static readonly Error TooMany = Error.Invalid(
        "campaign.too-many", "Waves", $"A campaign holds at most {Campaign.MostMembers} deployments, and at most {Relations.Predecessor.Most} in one wave. Plan several campaigns.");

    public static readonly Error StopAfter = Error.Invalid("campaign.stop-after", "StopAfter", "Say after how many failed deployments it stops: from 1 to as many as it holds, or nothing for never.");

    public static readonly Error MachinesNeverDecide =
        new(ErrorKind.Forbidden, "SOD-6", "Machine identities never decide about a campaign (SOD-6). Ask a person.") { WhoCould = "a person who may approve plans" };

    public static readonly Error PlansChanged = new(
        ErrorKind.Conflict, "campaign.plans-changed", "A plan of the campaign changed after you opened it. Look at it again, then decide: a go counts for exactly these plans.");

    public static Error PlannerMayNotGo(Actor planner, string number) =>
        new(ErrorKind.Forbidden, "SOD-1", $"{planner.Name} planned {number}, and whoever plans what is live may not give the go for it (SOD-1). Ask another person.")
        {
            WhoCould = "a person who may approve plans and planned none of the live ones",
        };

    public static Error Twice(string number) => Error.Invalid("campaign.deployment-twice", "Waves", $"{number} is named twice: a deployment has one place in a campaign.");

    public static Error Unknown(string number) => Error.Invalid("campaign.deployment-unknown", "Waves", $"There is no deployment “{number}”.");

    public static Error Started(string number) => Error.Invalid("campaign.deployment-started", "Waves", $"{number} has started or is over: a campaign is made of what is still to come.");

    public static Error Elsewhere(string number) => Error.Invalid("campaign.deployment-elsewhere", "Waves", $"{number} belongs to a campaign already. Take another deployment, or give that campaign up.");
}
