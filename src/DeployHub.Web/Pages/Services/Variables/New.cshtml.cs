using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Services.Variables;

[Authorize(Policy = nameof(Permission.RegisterServices))]
public sealed class NewModel(ISender sender) : PageModel, IHasVariableForm
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public VariableForm Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Environments { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var service = await sender.Send(new ShowService(Key), cancellationToken);
        return service.Error is { } error ? this.ShowAgain(error) : await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Input.ToSet(Key, Input.Name ?? "", ModelState) is not { } command) return await ShowAsync(cancellationToken);

        var result = await sender.Send(command with { Seen = 0 }, cancellationToken);
        if (result.Error is not null) await ShowAsync(cancellationToken);
        return result.Match(
            () =>
            {
                this.Flash($"Variable {Input.Name} is defined.");
                return Redirect($"/services/{Key}/variables");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Environments = await sender.EnvironmentChoicesAsync(cancellationToken);
        Input.AddFreeRows();
        return Page();
    }
}
