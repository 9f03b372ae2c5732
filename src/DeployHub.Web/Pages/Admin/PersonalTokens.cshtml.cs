using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Admin;

/// <summary>The tokens of everybody, to be revoked.</summary>
[Authorize(Policy = nameof(Permission.ManageAccess))]
public sealed class PersonalTokensModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? After { get; set; }

    public Page<ListPersonalTokens.Row> List { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        List = (await sender.Send(new ListPersonalTokens(OfEverybody: true, After), cancellationToken)).Value; // the page is for those who may

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        var revoked = await sender.Send(new RevokePersonalToken(id), cancellationToken);
        await OnGetAsync(cancellationToken);
        if (revoked.Error is { } refusal) return this.ShowAgain(refusal);

        this.Flash("The token is revoked: it opens nothing any more.");
        return Redirect("/admin/personal-tokens");
    }
}
