using DeployHub.Domain.Access;
using DeployHub.Features.Partners;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Access;

/// <summary>For whom one answers by the address of one's account.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class OrganisationsModel(ISender sender) : PageModel
{
    public IReadOnlyList<ListOwnOrganisations.Row> Organisations { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Organisations = await sender.Send(new ListOwnOrganisations(), cancellationToken);

    public async Task<IActionResult> OnPostLeaveAsync(string key, CancellationToken cancellationToken)
    {
        var left = await sender.Send(new LeaveOrganisation(key ?? ""), cancellationToken);
        await OnGetAsync(cancellationToken);
        if (left.Error is { } refusal) return this.ShowAgain(refusal);

        this.Flash("You answer for it no more.");
        return Redirect("/account/organisations");
    }
}
