using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Services.Variables;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    /// <summary>Whose targets the preview shows; the first unless told.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Environment { get; set; }

    public ShowService.View Service { get; private set; } = null!;

    public IReadOnlyList<ListVariables.Row> Variables { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Environments { get; private set; } = [];

    /// <summary>Null when there is no environment.</summary>
    public Page<PreviewVariables.Row>? Preview { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? after, CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowService(Key), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Service = found.Value;
        Variables = (await sender.Send(new ListVariables(Key), cancellationToken)).Value;
        Environments = await sender.EnvironmentChoicesAsync(cancellationToken);
        if (string.IsNullOrEmpty(Environment)) Environment = Environments.Count > 0 ? Environments[0].Value : null;
        if (Environment is null) return Page();

        var preview = await sender.Send(new PreviewVariables(Key, Environment, after), cancellationToken);
        if (preview.Error is not null) return this.ShowAgain(preview.Error);

        Preview = preview.Value;
        return Page();
    }
}
