using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Components.Versions;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [FromRoute]
    public string Label { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    public ShowComponentVersion.View Version { get; private set; } = null!;

    public IReadOnlyList<ListTestReports.Row> Tests { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowComponentVersion(Key, Label), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Version = found.Value;
        Tests = (await sender.Send(new ListTestReports(Key, Label), cancellationToken)).Value;
        return Page();
    }

    public async Task<IActionResult> OnPostRecallAsync(CancellationToken cancellationToken)
    {
        var result = await sender.Send(new RecallVersion(Key, Label, Reason ?? ""), cancellationToken);
        if (result.Error is null)
        {
            this.Flash($"Version {Label} is recalled. It will not be deployed again.");
            return Redirect($"/components/{Key}/versions/{Label}");
        }

        var shown = await OnGetAsync(cancellationToken);
        return Version is null ? shown : this.ShowAgain(result.Error);
    }
}
