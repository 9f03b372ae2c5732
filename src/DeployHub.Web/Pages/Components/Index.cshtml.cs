using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Components;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? Search { get; set; }

    [FromQuery]
    public string? Service { get; set; }

    [FromQuery]
    public ComponentKind? Kind { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public bool IsFiltered => Search.OrNull() is not null || Service.OrNull() is not null || Kind is not null || After is not null;

    public Page<ListComponents.Row> Components { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Components = await sender.Send(new ListComponents(Service.OrNull(), Kind, Search, After), cancellationToken);
}
