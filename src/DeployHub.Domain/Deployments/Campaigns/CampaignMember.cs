namespace DeployHub.Domain.Deployments.Campaigns;

/// <summary>A deployment of a campaign.</summary>
/// <param name="Wave">From 1. A wave starts when every deployment of the wave before completed successfully; those of one wave go on beside each other.</param>
public sealed record CampaignMember(DeploymentId Id, string Number, int Wave);

/// <summary>What a go is about: exactly this plan of this deployment.</summary>
public sealed record AgreedPlan(DeploymentId Id, Digest Plan);

public enum GoNoGo
{
    Go,
    NoGo,
}

/// <summary>One person's go or no-go.</summary>
/// <param name="Plans">What the plans were then: a go counts for nothing else.</param>
public sealed record CampaignDecision(GoNoGo Verdict, Access.Actor By, DateTimeOffset At, string Reason, IReadOnlyList<AgreedPlan> Plans);

/// <summary>Who moved a campaign, when, and what was said.</summary>
public sealed record CampaignMove(CampaignTrigger Move, Access.Actor By, DateTimeOffset At, string Text);
