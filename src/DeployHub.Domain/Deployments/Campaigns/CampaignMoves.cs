using static DeployHub.Domain.Deployments.Campaigns.CampaignStatus;
using static DeployHub.Domain.Deployments.Campaigns.CampaignTrigger;

namespace DeployHub.Domain.Deployments.Campaigns;

/// <summary>How a campaign moves. A go may be given again, and a no-go taken back by a go.</summary>
public static class CampaignMoves
{
    public static readonly StateTable<CampaignStatus, CampaignTrigger> Table = new("campaign")
    {
        { Planned, Go, Running },
        { Planned, NoGo, Stopped },
        { Running, Go, Running },
        { Running, NoGo, Stopped },
        { Running, Pause, Paused },
        { Paused, Resume, Running },
        { Paused, NoGo, Stopped },
        { Stopped, Go, Running },
        { Planned, Complete, Completed },
        { Running, Complete, Completed },
        { Paused, Complete, Completed },
        { Stopped, Complete, Completed },
        { Planned, Cancel, Cancelled },
        { Stopped, Cancel, Cancelled },
    };
}
