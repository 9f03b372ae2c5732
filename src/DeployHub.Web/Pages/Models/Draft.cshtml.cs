using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.EditModels))]
public sealed class DraftModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    /// <summary>Number of the version to begin with; null for the one in use.</summary>
    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    [BindProperty]
    public ModelForm Input { get; set; } = new();

    public ShowModel.View Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;
        if (!ModelState.IsValid) return Page();

        return (await sender.Send(new DraftModelVersion(Slug, Input.ToIntent(), From), cancellationToken)).Match(
            number =>
            {
                this.Flash($"v{number} is a draft.");
                return Redirect($"/models/{Slug}/versions/{number}/edit");
            },
            error => this.ShowAgain(Intents.ForForm(error), nameof(Input)));
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowModel(Slug), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Shown = found.Value;
        return null;
    }
}
