using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Calendar.Freezes;

/// <summary>When deployment is forbidden, and where.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    /// <summary>Key of the only environment wanted.</summary>
    [FromQuery]
    public string? Environment { get; set; }

    [FromQuery]
    public string? Service { get; set; }

    [FromQuery]
    public bool All { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public Page<ListFreezes.Row> Freezes { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Freezes = await sender.Send(new ListFreezes(Environment, Service, All, After), cancellationToken);
}
