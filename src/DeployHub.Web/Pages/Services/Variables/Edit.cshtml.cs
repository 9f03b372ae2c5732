using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Services.Variables;

[Authorize(Policy = nameof(Permission.RegisterServices))]
public sealed class EditModel(ISender sender) : PageModel, IHasVariableForm
{
    [FromRoute]
    public string Key { get; set; } = "";

    [FromRoute]
    public string Name { get; set; } = "";

    [BindProperty]
    public VariableForm Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Environments { get; private set; } = [];

    /// <summary>What somebody else saved while this form was open; null when nobody did.</summary>
    public ListVariables.Row? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowVariable(Key, Name), cancellationToken);
        if (found.Error is { } error) return this.ShowAgain(error);

        Input = VariableForm.Of(found.Value);
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Input.ToSet(Key, Name, ModelState) is not { } command) return await ShowAsync(cancellationToken);

        var result = await sender.Send(command, cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        if (result.Error is not null) await ShowAsync(cancellationToken);
        return result.Match(() => Done($"Variable {Name} is saved."), error => this.ShowAgain(error, nameof(Input)));
    }

    public async Task<IActionResult> OnPostRemoveAsync(uint? seen, CancellationToken cancellationToken)
    {
        var result = await sender.Send(new RemoveVariable(Key, Name, seen), cancellationToken);
        if (result.Error is null) return Done($"Variable {Name} is removed.");

        return await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(result.Error) : NotFound();
    }

    private RedirectResult Done(string sentence)
    {
        this.Flash(sentence);
        return Redirect($"/services/{Key}/variables");
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Environments = await sender.EnvironmentChoicesAsync(cancellationToken);
        Input.AddFreeRows();
        return Page();
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        if ((await sender.Send(new ShowVariable(Key, Name), cancellationToken)) is not { Error: null } found) return;

        SavedMeanwhile = found.Value;
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.RowVersion;
    }
}
