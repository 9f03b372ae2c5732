using System.Globalization;
using System.Text.RegularExpressions;
using DeployHub.Features.Access;
using DeployHub.Features.Find;
using DeployHub.Features.ValueStream.Incidents;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

/// <summary>Finds anything by number, key, label or name; the whole number of a deployment leads straight to its page. Behind <c>⌘K</c>, and usable without it.</summary>
public sealed partial class FindModel(ISender sender, Caller caller, TimeProvider clock) : PageModel
{
    [FromQuery]
    public string? Q { get; set; }

    public IReadOnlyList<Place> Matches { get; private set; } = [];

    /// <summary>What the viewer may do and is called like that; the palette has these without asking.</summary>
    public IReadOnlyList<Place> Commands => string.IsNullOrWhiteSpace(Q) ? [] : [.. PaletteCommands.For(caller).Where(command => command.Name.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase))];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Matches = await SearchAsync(cancellationToken);
        return Matches is [var only] && only.Name.StartsWith(Wanted, StringComparison.OrdinalIgnoreCase) ? LocalRedirect(only.Href) : Page();
    }

    public async Task<IActionResult> OnGetMatchesAsync(CancellationToken cancellationToken) => Partial("_Matches", await SearchAsync(cancellationToken));

    /// <summary>“123” and “dep-123” mean this year's DEP-2026-000123.</summary>
    private string Wanted
    {
        get
        {
            var match = ShortNumber().Match(Q ?? "");
            return match.Success
                ? string.Create(CultureInfo.InvariantCulture, $"DEP-{clock.GetUtcNow().Year}-{match.Groups["n"].Value.PadLeft(6, '0')}")
                : (Q ?? "").Trim();
        }
    }

    private async Task<IReadOnlyList<Place>> SearchAsync(CancellationToken cancellationToken)
    {
        var hits = await sender.Send(new FindAnything(Wanted), cancellationToken);
        if (hits.Count == 0 && Wanted != Q?.Trim()) hits = await sender.Send(new FindAnything(Q!), cancellationToken); // “123” may be a label after all
        return [.. hits.Select(PlaceOf)];
    }

    private static Place PlaceOf(FindAnything.Hit hit)
    {
        var (key, within) = (Uri.EscapeDataString(hit.Key), Uri.EscapeDataString(hit.Within ?? ""));
        return hit.Kind switch
        {
            FindAnything.Kind.Deployment => new($"/deployments/{key}", "rocket", $"{hit.Key} {hit.Name}", ""),
            FindAnything.Kind.Service => new($"/services/{key}", "sitemap", hit.Name, ""),
            FindAnything.Kind.Component => new($"/components/{key}", "package", hit.Name, ""),
            FindAnything.Kind.ComponentVersion => new($"/components/{within}/versions/{key}", "versions", hit.Name, ""),
            FindAnything.Kind.Environment => new($"/environments/{key}", "layout-grid", hit.Name, ""),
            FindAnything.Kind.Target => new($"/environments/{within}/targets/{key}", "server", hit.Name, ""),
            FindAnything.Kind.UnmanagedDeployment => new($"/unmanaged/{key}", "alert-triangle", $"{hit.Key} {hit.Name}", ""),
            FindAnything.Kind.Improvement => new($"/improvements/{key}", "trending-up", $"{hit.Key} {hit.Name}", ""),
            FindAnything.Kind.Campaign => new($"/campaigns/{key}", "list-details", $"{hit.Key} {hit.Name}", ""),
            FindAnything.Kind.Review => new($"/reviews/{key}", "clipboard-check", $"{hit.Key} {hit.Name}", ""),
            FindAnything.Kind.Window => new($"/calendar/windows/{key}", "calendar", $"{hit.Key} {hit.Name}", ""),
            FindAnything.Kind.Freeze => new($"/calendar/freezes/{key}", "lock", $"{hit.Key} {hit.Name}", ""),
            FindAnything.Kind.FreezeException => new($"/calendar/exceptions/{key}", "lock-open", $"{hit.Key} {hit.Name}", ""),
            FindAnything.Kind.Block => new($"/blocks/{key}", "box", hit.Name, ""),
            FindAnything.Kind.Incident => new(IncidentLookups.PathOf(hit.Key, hit.Within ?? ""), "alert-octagon", $"{hit.Key} {hit.Name}", ""),
            FindAnything.Kind.Organisation => new($"/partners/{key}", "users", hit.Name, ""),
            FindAnything.Kind.Person => new(hit.Within == "people" ? "/admin/people" : "/practice/qualifications", "user", $"{hit.Name} {hit.Key}", ""),
            _ => new($"/models/{key}", "route", hit.Name, ""),
        };
    }

    [GeneratedRegex(@"^\s*(DEP-)?(?<n>\d{1,6})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex ShortNumber();
}
