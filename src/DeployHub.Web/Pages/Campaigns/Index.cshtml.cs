using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Campaigns;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Campaigns;

/// <summary>Campaigns, the newest first.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public CampaignStatus? Status { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public Page<ListCampaigns.Row> List { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) => List = await sender.Send(new ListCampaigns(After, null, Status), cancellationToken);
}
