using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Components.Versions;

[Authorize(Policy = nameof(Permission.RegisterVersions))]
public sealed partial class NewModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public VersionForm Input { get; set; } = new();

    public ShowComponent.View Component { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Stores { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    /// <summary>One more row; what was typed stays.</summary>
    public Task<IActionResult> OnPostMoreAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        Input.Artefacts.Add(new VersionForm.ArtefactRow());
        return ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var page = await ShowAsync(cancellationToken);
        if (Component is null || await MeasureMissingAsync(cancellationToken)) return page;
        if (Input.ToCommand(Key, ModelState) is not { } command) return page;

        return (await sender.Send(command, cancellationToken)).Match(
            version =>
            {
                this.Flash(version.IsNew ? $"Version {version.Label} is registered." : $"Version {version.Label} was registered before with the same content.");
                return Redirect($"/components/{Key}/versions/{Uri.EscapeDataString(version.Label)}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowComponent(Key), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Component = found.Value;
        Stores = [.. (await sender.Send(new ListStores(Limit: 200), cancellationToken)).Rows.Select(store => new SelectListItem(store.Name, store.Key))];
        return Page();
    }
}
