namespace DeployHub.Domain.Deployments.Campaigns;

public readonly record struct CampaignId(Guid Value) : IId<CampaignId>
{
    public static CampaignId New() => new(Guid.CreateVersion7());

    public static CampaignId From(Guid value) => new(value);
}
