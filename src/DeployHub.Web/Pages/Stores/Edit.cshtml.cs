using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Stores;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class EditModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public StoreForm Input { get; set; } = new();

    public ShowStore.View? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new ShowStore(Key), cancellationToken)).Match(
            store =>
            {
                Input = StoreForm.Of(store);
                return Page();
            },
            error => this.ShowAgain(error));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await sender.Send(Input.ToMove(Key), cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        return result.Match(
            () =>
            {
                this.Flash($"Store {Input.Name} is saved.");
                return Redirect("/admin/stores");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = (await sender.Send(new ShowStore(Key), cancellationToken)).Value;
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.RowVersion;
    }
}
