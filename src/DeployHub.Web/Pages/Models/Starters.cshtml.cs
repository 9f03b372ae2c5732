using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class StartersModel(ISender sender) : PageModel
{
    public IReadOnlyList<ListStarters.Row> Starters { get; private set; } = [];

    /// <summary>Only those for components of this kind.</summary>
    [BindProperty(SupportsGet = true)]
    public ComponentKind? Kind { get; set; }

    /// <summary>Only those of this approach.</summary>
    [BindProperty(SupportsGet = true)]
    public Approach? Approach { get; set; }

    /// <summary>The one whose flow is drawn in its card; null before one was chosen.</summary>
    public ListStarters.Row? Shown { get; private set; }

    /// <summary>The same list with the flow of a starter; null for none.</summary>
    public string AddressOf(string? shown)
    {
        var chosen = new Dictionary<string, string?> { ["kind"] = Kind?.ToString(), ["approach"] = Approach?.ToString(), ["shown"] = shown };
        return QueryHelpers.AddQueryString("/models/starters", chosen.Where(choice => choice.Value is not null));
    }

    public async Task OnGetAsync(string? shown, CancellationToken cancellationToken)
    {
        Starters = await sender.Send(new ListStarters(Kind, Approach), cancellationToken);
        Shown = Starters.FirstOrDefault(starter => starter.Slug == shown);
    }
}
