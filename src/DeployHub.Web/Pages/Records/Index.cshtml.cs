using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Records;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Only rehearsals, or only what was none; null for both.</summary>
    [BindProperty(SupportsGet = true)]
    public bool? Rehearsals { get; set; }

    public Page<ListDeployments.Row> List { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        List = await sender.Send(new ListDeployments(After, null, DeploymentStatus.Completed, Rehearsals: Rehearsals), cancellationToken);
}
