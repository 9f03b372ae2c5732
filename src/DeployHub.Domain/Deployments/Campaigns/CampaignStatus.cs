namespace DeployHub.Domain.Deployments.Campaigns;

public enum CampaignStatus
{
    /// <summary>Nobody has decided yet.</summary>
    Planned,

    /// <summary>It has the go: what is next may start.</summary>
    Running,

    Paused,

    /// <summary>Somebody decided against it.</summary>
    Stopped,

    /// <summary>Every deployment of it is over.</summary>
    Completed,

    Cancelled,
}

public enum CampaignTrigger
{
    Go,
    NoGo,
    Pause,
    Resume,
    Complete,
    Cancel,
}
