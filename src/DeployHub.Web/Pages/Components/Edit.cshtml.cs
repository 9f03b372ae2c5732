using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Components;

[Authorize(Policy = nameof(Permission.RegisterServices))]
public sealed class EditModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public Form Input { get; set; } = new();

    public ShowComponent.View? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new ShowComponent(Key), cancellationToken)).Match(
            component =>
            {
                Input = new Form { Name = component.Name, Seen = component.RowVersion };
                return Page();
            },
            error => this.ShowAgain(error));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await sender.Send(new DescribeComponent(Key, Input.Name ?? "", Input.Seen), cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        return result.Match(
            () =>
            {
                this.Flash($"Component {Input.Name} is saved.");
                return Redirect($"/components/{Key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = (await sender.Send(new ShowComponent(Key), cancellationToken)).Value;
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.RowVersion;
    }

    public sealed class Form
    {
        public string? Name { get; set; }

        public uint? Seen { get; set; }
    }
}
