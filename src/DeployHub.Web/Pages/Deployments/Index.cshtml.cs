using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

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

    public Page<ListDeployments.Row> List { get; private set; } = new([], null);

    public bool IsFiltered => Status is not null || !string.IsNullOrEmpty(Environment) || !string.IsNullOrEmpty(Service) || !string.IsNullOrEmpty(Slug);

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        List = await sender.Send(new ListDeployments(After, null, Status, Environment, Service, Slug), cancellationToken);
}
