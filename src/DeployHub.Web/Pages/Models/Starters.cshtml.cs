using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class StartersModel(ISender sender) : PageModel
{
    public IReadOnlyList<ListStarters.Row> Starters { get; private set; } = [];

    /// <summary>The one whose flow is drawn below the cards; null before one was chosen.</summary>
    public ListStarters.Row? Shown { get; private set; }

    public async Task OnGetAsync(string? shown, CancellationToken cancellationToken)
    {
        Starters = await sender.Send(new ListStarters(), cancellationToken);
        Shown = Starters.FirstOrDefault(starter => starter.Slug == shown);
    }
}
