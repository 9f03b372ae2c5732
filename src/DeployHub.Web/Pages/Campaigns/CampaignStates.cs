using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Campaigns;

internal static class CampaignStates
{
    public static MarkState Mark(this CampaignStatus status) => status switch
    {
        CampaignStatus.Planned or CampaignStatus.Paused => MarkState.Waiting,
        CampaignStatus.Running => MarkState.Running,
        CampaignStatus.Stopped => MarkState.Halted,
        CampaignStatus.Completed => MarkState.Passed,
        _ => MarkState.Cancelled,
    };
}
