using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Stores;

/// <summary>Readable for everybody who registers versions; only administrators change it.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? After { get; set; }

    public Page<ListStores.Row> Stores { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Stores = await sender.Send(new ListStores(After), cancellationToken);
}
