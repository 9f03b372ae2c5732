using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Deployments;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public DeploymentStatus? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Environment { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Service { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Slug of the only model wanted.</summary>
    [BindProperty(SupportsGet = true, Name = "model")]
    public string? Slug { get; set; }

    /// <summary>Only those whose slot passed without a start.</summary>
    [BindProperty(SupportsGet = true)]
    public bool? Missed { get; set; }

    public Page<ListDeployments.Row> List { get; private set; } = new([], null);

    public bool IsFiltered => Status is not null || !string.IsNullOrEmpty(Environment) || !string.IsNullOrEmpty(Service) || !string.IsNullOrEmpty(Slug) || Missed is true;

    /// <summary>Those there are, and what was asked for even where there is none.</summary>
    public IReadOnlyList<SelectListItem> Environments { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        List = await sender.Send(new ListDeployments(After, null, Status, Environment, Service, Slug, Missed), cancellationToken);
        var known = (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows.Select(environment => new SelectListItem(environment.Name, environment.Key)).ToList();
        Environments = string.IsNullOrEmpty(Environment) || known.Exists(item => item.Value == Environment) ? known : [.. known, new SelectListItem(Environment, Environment)];
    }
}
