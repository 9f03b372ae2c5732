using DeployHub.Domain.Access;
using DeployHub.Features.Deployments;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

/// <summary>What waits for you, what moves, what comes next.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    public ShowMyWork.View Work { get; private set; } = new([], [], [], []);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Work = await sender.Send(new ShowMyWork(), cancellationToken);
}
