using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.Features.ValueStream.Incidents;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Services;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed partial class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    public ShowService.View Service { get; private set; } = null!;

    public ShowMatrix.View Matrix { get; private set; } = null!;

    /// <summary>Those that bind its components somewhere.</summary>
    public IReadOnlyList<ListTrustPolicies.Row> Policies { get; private set; } = [];

    /// <summary>With what its components can be deployed.</summary>
    public IReadOnlyList<ListFittingModels.Row> Fitting { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowService(Key), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Service = found.Value;
        Incidents = (await sender.Send(new ShowServiceIncidents(Key), cancellationToken)).Value; // of a service that was just found
        Matrix = await sender.Send(new ShowMatrix(Key), cancellationToken);
        Policies = (await sender.Send(new ListTrustPolicies(Limit: 200, Service: Key), cancellationToken)).Rows;
        Fitting = (await sender.Send(new ListFittingModels(Key), cancellationToken)).Value;
        return Page();
    }
}
