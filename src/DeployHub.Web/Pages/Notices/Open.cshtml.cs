using DeployHub.Domain.Access;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Notices;

/// <summary>Leads to what a notice is about, and remembers that it was opened.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class OpenModel(ISender sender) : PageModel
{
    public async Task<IActionResult> OnGetAsync(long number, CancellationToken cancellationToken) =>
        (await sender.Send(new ReadNotice(number), cancellationToken)).Match<IActionResult>(path => LocalRedirect(path), error => this.ShowAgain(error));
}
