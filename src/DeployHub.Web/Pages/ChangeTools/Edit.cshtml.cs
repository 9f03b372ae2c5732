using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.ChangeTools;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class EditModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public ChangeToolForm Input { get; set; } = new();

    public ShowChangeTool.View? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new ShowChangeTool(Key), cancellationToken)).Match(
            tool =>
            {
                Input = ChangeToolForm.Of(tool);
                return Page();
            },
            error => this.ShowAgain(error));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await sender.Send(new DescribeChangeTool(Key, Input.ToSettings(), Input.Seen), cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        return result.Match(
            () =>
            {
                this.Flash($"The connection to {Input.Name} is saved.");
                return Redirect($"/admin/change-tools/{Key}");
            },
            error => this.ShowAgain(ChangeToolForm.ForForm(error), nameof(Input)));
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = (await sender.Send(new ShowChangeTool(Key), cancellationToken)).Value;
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.RowVersion;
    }
}
