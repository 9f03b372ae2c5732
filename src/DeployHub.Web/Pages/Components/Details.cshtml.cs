using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Components;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [FromQuery]
    public string? After { get; set; }

    public ShowComponent.View Component { get; private set; } = null!;

    public Page<ListComponentVersions.Row> Versions { get; private set; } = new([], null);

    /// <summary>With what it can be deployed.</summary>
    public IReadOnlyList<ListFittingModels.Row> Fitting { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowComponent(Key), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Component = found.Value;
        Versions = (await sender.Send(new ListComponentVersions(Key, After: After), cancellationToken)).Value;
        Fitting = (await sender.Send(new ListFittingModels(Component.Service, Key), cancellationToken)).Value;
        return Page();
    }
}
