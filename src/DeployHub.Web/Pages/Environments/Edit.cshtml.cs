using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Environments;

[Authorize(Policy = nameof(Permission.RegisterEnvironments))]
public sealed class EditModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public EnvironmentForm Input { get; set; } = new();

    public ShowEnvironment.View? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new ShowEnvironment(Key), cancellationToken)).Match(
            environment =>
            {
                Input = EnvironmentForm.Of(environment);
                return Page();
            },
            error => this.ShowAgain(error));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        var result = await sender.Send(Input.ToDescribe(Key), cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        return result.Match(
            () =>
            {
                this.Flash($"Environment {Input.Name} is saved.");
                return Redirect($"/environments/{Key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = (await sender.Send(new ShowEnvironment(Key), cancellationToken)).Value;
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.RowVersion;
    }
}
