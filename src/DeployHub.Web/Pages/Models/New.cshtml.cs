using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.EditModels))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public ModelForm Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Starters { get; private set; } = [];

    /// <param name="starter">Slug of a model whose card was chosen.</param>
    /// <param name="extends">Slug of a model that is to be extended.</param>
    public async Task OnGetAsync(string? starter, string? extends, CancellationToken cancellationToken)
    {
        (Input.Starter, Input.Extends) = (starter, extends);
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (!ModelState.IsValid) return Page();

        return (await sender.Send(Input.ToCreate(), cancellationToken)).Match(
            created =>
            {
                this.Flash($"{Input.Name} v{created.Number} is a draft.");
                return Redirect($"/models/{created.Slug}/versions/{created.Number}/edit");
            },
            error => this.ShowAgain(Intents.ForForm(error), nameof(Input)));
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Starters = [.. (await sender.Send(new ListModels(Limit: 200), cancellationToken)).Rows.Where(row => row.PublishedAt is not null).Select(row => new SelectListItem($"{row.Name}: {row.Purpose}", row.Slug))];
}
