using DeployHub.Domain.Access;
using DeployHub.Features.Access;

namespace DeployHub.Web.Pages.Shared;

/// <summary>What the palette offers to do, beside the places to go to: only what the viewer may.</summary>
public static class PaletteCommands
{
    private static readonly IReadOnlyList<(Permission Needs, Place Place)> All =
    [
        (Permission.PlanDeployments, new("/deployments/new", "rocket", "Plan a deployment", "")),
        (Permission.PlanDeployments, new("/deployments/emergency", "alert-triangle", "Plan an emergency", "")),
        (Permission.ReportIncidents, new("/incidents/new", "alert-octagon", "Report an incident", "")),
        (Permission.PlanDeployments, new("/campaigns/new", "list-details", "Plan a campaign", "")),
        (Permission.DeclareFreezes, new("/calendar/freezes/new", "lock", "Declare a freeze", "")),
        (Permission.DefineWindows, new("/calendar/windows/new", "calendar", "Define a window", "")),
        (Permission.ApprovePlans, new("/account/cover", "user-check", "Name a deputy", "")),
        (Permission.EditModels, new("/models/new", "route", "Plan a model", "")),
        (Permission.ProposeImprovements, new("/improvements/new", "trending-up", "Propose an improvement", "")),
        (Permission.RegisterServices, new("/services/new", "sitemap", "Register a service", "")),
        (Permission.RegisterEnvironments, new("/environments/new", "layout-grid", "Register an environment", "")),
        (Permission.ManagePartners, new("/partners/new", "users", "Register an organisation", "")),
        (Permission.ViewDeployments, new("/wall", "device-desktop", "Open the wallboard", "")),
    ];

    public static IEnumerable<Place> For(Caller caller) => All.Where(command => caller.May(command.Needs)).Select(command => command.Place);
}
