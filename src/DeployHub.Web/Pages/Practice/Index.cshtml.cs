using DeployHub.Domain.Access;
using DeployHub.Features.Insights;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Practice;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    public ShowPractice.View View { get; private set; } = null!;

    public ShowCapability.View Capability { get; private set; } = null!;

    public async Task OnGetAsync(string? after, CancellationToken cancellationToken)
    {
        View = await sender.Send(new ShowPractice(after), cancellationToken);
        Capability = await sender.Send(new ShowCapability(), cancellationToken);
    }
}
