using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Unmanaged;

/// <summary>Version changes on live environments that no run had caused.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    /// <summary>Key of the only environment wanted.</summary>
    [FromQuery]
    public string? Environment { get; set; }

    /// <summary>True to see those that are explained, too.</summary>
    [FromQuery]
    public bool All { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public Page<ListUnmanaged.Row> List { get; private set; } = new([], null);

    public string Only => Environment is null ? "" : $"environment={Uri.EscapeDataString(Environment)}";

    public async Task OnGetAsync(CancellationToken cancellationToken) => List = await sender.Send(new ListUnmanaged(Environment, All, After), cancellationToken);
}
