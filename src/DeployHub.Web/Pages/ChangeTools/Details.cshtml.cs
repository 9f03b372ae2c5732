using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.ChangeTools;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.ChangeTools;

/// <summary>One change tool: what is said of it, what it answers, and an end.</summary>
[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public string? Number { get; set; }

    public ShowChangeTool.View? Tool { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowChangeTool(Key), cancellationToken);
        if (found.Error is { } missing) return this.ShowAgain(missing);

        Tool = found.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostTryAsync(CancellationToken cancellationToken)
    {
        var tried = await sender.Send(new TryChangeTool(Key, Number ?? ""), cancellationToken);
        if (tried.Error is { } refusal) return await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(refusal) : NotFound();

        this.Flash($"A worker looks {Number} up; look again in a few seconds.");
        return Redirect($"/admin/change-tools/{Key}");
    }

    public async Task<IActionResult> OnPostDisconnectAsync(CancellationToken cancellationToken)
    {
        var disconnected = await sender.Send(new DisconnectChangeTool(Key), cancellationToken);
        if (disconnected.Error is { } refusal) return this.ShowAgain(refusal);

        this.Flash("The change tool is disconnected.");
        return Redirect("/admin/change-tools");
    }
}
