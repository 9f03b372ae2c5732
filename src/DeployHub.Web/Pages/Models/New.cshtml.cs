using DeployHub.Domain;
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

    /// <summary>What its document may begin with: what ships, then what is published here.</summary>
    public IReadOnlyList<SelectListItem> Starters { get; private set; } = [];

    /// <summary>The models that are published here.</summary>
    public IReadOnlyList<SelectListItem> Own { get; private set; } = [];

    /// <summary>The starter that it begins with; null for anything else.</summary>
    public Starter? Shipped { get; private set; }

    /// <summary>Nobody wrote the slug: it follows the name.</summary>
    public bool IsSlugProposed { get; private set; }

    /// <param name="starter">Slug of a model whose card was chosen, or what a starter that ships is called by.</param>
    /// <param name="extends">Slug of a model that is to be extended.</param>
    public async Task OnGetAsync(string? starter, string? extends, CancellationToken cancellationToken)
    {
        (Input.Starter, Input.Extends) = (starter, extends);
        await LoadAsync(cancellationToken);
        if (Shipped is { } shipped) (Input.Name, Input.Slug, Input.Purpose) = (shipped.Name, shipped.Slug, shipped.Purpose);
        IsSlugProposed = true;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ProposeSlug();
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

    /// <summary>An empty slug is filled from the name, as the page's script does while somebody types.</summary>
    private void ProposeSlug()
    {
        IsSlugProposed = string.IsNullOrWhiteSpace(Input.Slug) || Input.Slug == Key.From(Input.Name);
        if (!string.IsNullOrWhiteSpace(Input.Slug)) return;

        ModelState.Remove($"{nameof(Input)}.{nameof(Input.Slug)}"); // so that the page shows what was filled in
        Input.Slug = Key.From(Input.Name);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var published = (await sender.Send(new ListModels(Limit: 200), cancellationToken)).Rows.Where(row => row.PublishedAt is not null).ToList();
        Own = ItemsOf(published, null);
        Starters =
        [
            .. ItemsOf(await sender.Send(new ListStarters(), cancellationToken), new SelectListGroup { Name = "Starters that ship" }),
            .. ItemsOf(published, new SelectListGroup { Name = "Models of yours" }),
        ];
        if (Input.Starter is { } chosen && Features.Models.Starters.IsShipped(chosen) && await sender.Send(new ShowStarter(chosen), cancellationToken) is { Error: null, Value: var starter })
            Shipped = starter;
    }

    private static List<SelectListItem> ItemsOf(IReadOnlyList<ListStarters.Row> rows, SelectListGroup group) => [.. rows.Select(row => new SelectListItem(row.Name, row.Starter) { Group = group })];

    private static List<SelectListItem> ItemsOf(IReadOnlyList<ListModels.Row> rows, SelectListGroup? group) => [.. rows.Select(row => new SelectListItem($"{row.Name}: {row.Purpose}", row.Slug) { Group = group })];
}
