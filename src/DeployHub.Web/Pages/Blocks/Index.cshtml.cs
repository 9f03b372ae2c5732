using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Blocks;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? After { get; set; }

    public Page<ListBlocks.Row> Blocks { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Blocks = await sender.Send(new ListBlocks(After), cancellationToken);
}
