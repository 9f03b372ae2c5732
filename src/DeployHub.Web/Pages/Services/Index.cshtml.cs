using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Services;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? Search { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public Page<ListServices.Row> Services { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Services = await sender.Send(new ListServices(Search, After), cancellationToken);
}
