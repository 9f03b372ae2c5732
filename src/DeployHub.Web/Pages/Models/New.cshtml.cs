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

    /// <summary>The starter that it begins with; null for anything else.</summary>
    public Starter? Shipped { get; private set; }

    /// <param name="starter">Slug of a model whose card was chosen, or what a starter that ships is called by.</param>
    public async Task OnGetAsync(string? starter, CancellationToken cancellationToken)
    {
        Input.Starter = starter;
        await LoadAsync(cancellationToken);
        if (Shipped is { } shipped) (Input.Name, Input.Slug, Input.Purpose) = (shipped.Name, shipped.Slug, shipped.Purpose);
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

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var (shipped, own) = (new SelectListGroup { Name = "Starters that ship" }, new SelectListGroup { Name = "Models of yours" });
        Starters =
        [
            .. (await sender.Send(new ListStarters(), cancellationToken)).Select(row => new SelectListItem(row.Name, row.Starter) { Group = shipped }),
            .. (await sender.Send(new ListModels(Limit: 200), cancellationToken)).Rows.Where(row => row.PublishedAt is not null)
                .Select(row => new SelectListItem($"{row.Name}: {row.Purpose}", row.Slug) { Group = own }),
        ];
        if (Input.Starter is { } chosen && Features.Models.Starters.IsShipped(chosen) && await sender.Send(new ShowStarter(chosen), cancellationToken) is { Error: null, Value: var starter })
            Shipped = starter;
    }
}
