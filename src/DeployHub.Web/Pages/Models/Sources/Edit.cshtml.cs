using DeployHub.Domain.Access;
using DeployHub.Features.Models.Sources;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models.Sources;

[Authorize(Policy = nameof(Permission.ManageModelSources))]
public sealed class EditModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public SourceForm Input { get; set; } = new();

    public ShowModelSource.View? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new ShowModelSource(Key), cancellationToken)).Match(
            source =>
            {
                Input = SourceForm.Of(source);
                return Page();
            },
            error => this.ShowAgain(error));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        var result = await sender.Send(Input.ToConfigure(Key), cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        return result.Match(
            () =>
            {
                this.Flash($"{Input.Settings.Name} is saved; a worker looks at it now.");
                return Redirect($"/models/sources/{Key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = (await sender.Send(new ShowModelSource(Key), cancellationToken)).Value;
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.RowVersion;
    }
}
