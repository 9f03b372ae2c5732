namespace DeployHub.Domain.Deployments.Campaigns;

/// <summary>What a campaign means for one of its deployments now.</summary>
/// <param name="DecidedBy">Who decided or moved it last; null while nobody did.</param>
/// <param name="Agreed">The plan that has the go; null while none has.</param>
/// <param name="Failed">Numbers of those that did not succeed since the go.</param>
/// <param name="StopAfter">How many may not succeed before nothing further starts; null for any number.</param>
public sealed record CampaignStanding(string Number, CampaignStatus Status, string? DecidedBy, Digest? Agreed, IReadOnlyList<string> Failed, int? StopAfter)
{
    /// <summary>Why a deployment with this plan may not start; null when it may.</summary>
    public string? ObjectionTo(Digest plan) => Status switch
    {
        CampaignStatus.Planned => $"{Number} has no go yet: a person who may approve plans decides on its page.",
        CampaignStatus.Stopped => $"{DecidedBy} decided against {Number}: nothing of it starts until somebody gives the go.",
        CampaignStatus.Paused => $"{DecidedBy} paused {Number}: it has to be resumed first.",
        CampaignStatus.Running when Agreed != plan => $"The plan changed since the go for {Number}: the go has to be given again.",
        CampaignStatus.Running => StopRule,
        _ => null,
    };

    /// <summary>The stop rule in a sentence, once it holds.</summary>
    public string? StopRule => StopAfter is { } most && Failed.Count >= most
        ? $"{Words.List(Failed)} did not succeed, and {Number} stops after {Words.Count(most, "failure")}: look at {(Failed.Count == 1 ? "it" : "them")}, then give the go again."
        : null;
}
