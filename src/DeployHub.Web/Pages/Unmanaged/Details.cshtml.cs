using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Unmanaged;

/// <summary>Where a version was seen that no run had brought, and how it came there.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender, Caller caller) : PageModel
{
    public sealed class ExplanationInput
    {
        public string? Reason { get; set; }

        public string? Change { get; set; }

        public string? Run { get; set; }
    }

    [FromRoute]
    public string Number { get; set; } = "";

    [BindProperty]
    public ExplanationInput Input { get; set; } = new();

    public ShowUnmanaged.View View { get; private set; } = null!;

    public bool MayExplain => View.Record.Status is UnmanagedStatus.Unmanaged && caller.RefusalAround(Permission.HandleDrift, environment: View.Record.Environment) is null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var explained = await sender.Send(new ExplainUnmanaged(Number, Input.Reason ?? "", Input.Change, Input.Run), cancellationToken);
        if (explained.Error is { } refusal) return await LoadAsync(cancellationToken) ? this.ShowAgain(refusal, nameof(Input)) : NotFound();

        this.Flash($"{Number} is explained.");
        return LocalRedirect($"/unmanaged/{Number}");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowUnmanaged(Number), cancellationToken);
        if (shown.Error is not null) return false;

        View = shown.Value;
        return true;
    }
}
