using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Sources;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models.Sources;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? After { get; set; }

    public Page<ListModelSources.Row> Sources { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Sources = await sender.Send(new ListModelSources(After), cancellationToken);
}
