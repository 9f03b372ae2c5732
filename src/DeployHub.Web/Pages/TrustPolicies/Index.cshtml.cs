using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.TrustPolicies;

/// <summary>Readable for everybody who has to know why a version was refused; only administrators change it.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? After { get; set; }

    public Page<ListTrustPolicies.Row> Policies { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Policies = await sender.Send(new ListTrustPolicies(After), cancellationToken);
}
