using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    public ShowModel.View Shown { get; private set; } = null!;

    /// <summary>The version that plans use, explained.</summary>
    public ShowModelVersion.View Current { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var model = await sender.Send(new ShowModel(Slug), cancellationToken);
        if (model.Error is not null) return this.ShowAgain(model.Error);
        var current = await sender.Send(new ShowModelVersion(Slug, model.Value.Version), cancellationToken);
        if (current.Error is not null) return this.ShowAgain(current.Error);

        (Shown, Current) = (model.Value, current.Value);
        return Page();
    }
}
