using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Partners;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Partners;

[Authorize(Policy = nameof(Permission.ViewPartners))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? After { get; set; }

    [FromQuery]
    public bool Ended { get; set; }

    public Page<ListOrganisations.Row> Organisations { get; private set; } = new([], null);

    /// <summary>Null on the pages after the first, and beside organisations that are ended.</summary>
    public ShowAlignmentOverTime.View? OverTime { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Organisations = await sender.Send(new ListOrganisations(Ended, After), cancellationToken);
        if (After is null && !Ended && (await sender.Send(new ShowAlignmentOverTime(), cancellationToken)) is { Error: null } shown) OverTime = shown.Value;
    }
}
