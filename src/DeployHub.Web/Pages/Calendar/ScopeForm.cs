using DeployHub.Features.Deployments.Calendar;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Calendar;

/// <summary>Where a window or a freeze holds.</summary>
public sealed class ScopeForm
{
    /// <summary>What people choose who mean every environment; an empty choice then is none.</summary>
    public const string Every = "*";

    public string? Environment { get; set; }

    public string? Service { get; set; }

    public string? Label { get; set; }

    [BindNever]
    public IReadOnlyList<SelectListItem> Environments { get; set; } = [];

    /// <summary>It has to be chosen, also where it is every environment: what forbids deployment everywhere is no oversight.</summary>
    [BindNever]
    public bool IsChosen { get; init; }

    /// <summary>What the first, empty choice says.</summary>
    public string Choose => IsChosen ? "Choose where it holds" : "Every environment";

    public IEnumerable<SelectListItem> Choices => IsChosen ? Environments.Append(new SelectListItem("Every environment", Every)) : Environments;

    public ScopeInput ToInput() => new() { Environment = Environment == Every ? null : Environment.OrNull(), Service = Service.OrNull(), Label = Label.OrNull() };
}
