using DeployHub.Features.Deployments.Calendar;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Calendar;

/// <summary>Where a window or a freeze holds.</summary>
public sealed class ScopeForm
{
    public string? Environment { get; set; }

    public string? Service { get; set; }

    public string? Label { get; set; }

    [BindNever]
    public IReadOnlyList<SelectListItem> Environments { get; set; } = [];

    public ScopeInput ToInput() => new() { Environment = Environment.OrNull(), Service = Service.OrNull(), Label = Label.OrNull() };
}
