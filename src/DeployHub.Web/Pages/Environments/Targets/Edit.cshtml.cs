using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Environments.Targets;

[Authorize(Policy = nameof(Permission.RegisterEnvironments))]
public sealed class EditModel(ISender sender) : PageModel, IHasTargetForm
{
    [FromRoute]
    public string Key { get; set; } = "";

    [FromRoute]
    public string Name { get; set; } = "";

    [BindProperty]
    public TargetForm Input { get; set; } = new();

    public TargetForm? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new ShowTarget(Key, Name), cancellationToken)).Match(
            target =>
            {
                Input = TargetForm.Of(target);
                return Page();
            },
            error => this.ShowAgain(error));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Input.ToConfigure(Key, Name, ModelState) is not { } command) return Page();

        var result = await sender.Send(command, cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        return result.Match(
            () =>
            {
                this.Flash($"Target {Name} is saved.");
                return Redirect($"/environments/{Key}/targets/{Name}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = TargetForm.Of((await sender.Send(new ShowTarget(Key, Name), cancellationToken)).Value);
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.Seen;
    }
}
