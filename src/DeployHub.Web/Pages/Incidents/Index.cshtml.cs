using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.ValueStream.Incidents;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Incidents;

/// <summary>Incidents: those that somebody has to decide about first.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    /// <summary>Key of the only service wanted.</summary>
    [FromQuery]
    public string? Service { get; set; }

    [FromQuery]
    public string? Reference { get; set; }

    /// <summary>True for those that are not over.</summary>
    [FromQuery]
    public bool Open { get; set; }

    /// <summary>True for those with a link that nobody has decided about.</summary>
    [FromQuery]
    public bool Undecided { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public Page<ListIncidents.Row> List { get; private set; } = new([], null);

    public bool IsFiltered => Open || Undecided || !string.IsNullOrEmpty(Service) || !string.IsNullOrEmpty(Reference);

    public async Task OnGetAsync(CancellationToken cancellationToken) => List = await sender.Send(new ListIncidents(Service, Reference, Open, Undecided, After), cancellationToken);
}
