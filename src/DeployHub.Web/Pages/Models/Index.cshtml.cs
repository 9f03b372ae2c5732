using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    public Page<ListModels.Row> Models { get; private set; } = null!;

    public async Task OnGetAsync(string? after, CancellationToken cancellationToken) =>
        Models = await sender.Send(new ListModels(after), cancellationToken);
}
