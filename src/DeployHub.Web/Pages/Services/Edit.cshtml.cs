using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Services;

[Authorize(Policy = nameof(Permission.RegisterServices))]
public sealed class EditModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public ServiceForm Input { get; set; } = new();

    /// <summary>What somebody else saved while this form was open; null when nobody did.</summary>
    public ShowService.View? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new ShowService(Key), cancellationToken)).Match(
            service =>
            {
                Input = ServiceForm.Of(service);
                return Page();
            },
            error => this.ShowAgain(error));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await sender.Send(Input.ToDescribe(Key), cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        return result.Match(
            () =>
            {
                this.Flash($"Service {Input.Name} is saved.");
                return Redirect($"/services/{Key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = (await sender.Send(new ShowService(Key), cancellationToken)).Value;
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.RowVersion;
    }
}
