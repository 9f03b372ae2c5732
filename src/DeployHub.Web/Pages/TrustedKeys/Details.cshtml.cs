using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.TrustedKeys;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    public ShowTrustedKey.View Trusted { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowTrustedKey(Key), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Trusted = found.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken cancellationToken)
    {
        var revoked = await sender.Send(new RevokeTrustedKey(Key, Reason ?? ""), cancellationToken);
        if (revoked.Error is null)
        {
            this.Flash("The key is revoked. Nothing that it signed passes any more.");
            return Redirect($"/admin/trusted-keys/{Key}");
        }

        var shown = await OnGetAsync(cancellationToken);
        return Trusted is null ? shown : this.ShowAgain(revoked.Error);
    }
}
