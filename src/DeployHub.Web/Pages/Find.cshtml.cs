using System.Globalization;
using System.Text.RegularExpressions;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

/// <summary>Finds anything by number or name; a number leads straight to its page. Behind <c>⌘K</c>, and usable without it.</summary>
public sealed partial class FindModel(TimeProvider clock) : PageModel
{
    [FromQuery]
    public string? Q { get; set; }

    public IReadOnlyList<Place> Matches { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (Number() is { } number) return LocalRedirect($"/deployments/{number}");
        Matches = Search();
        return Page();
    }

    public IActionResult OnGetMatches()
    {
        Matches = Search();
        return Partial("_Matches", Matches);
    }

    private Place[] Search() => Number() is { } number
        ? [new($"/deployments/{number}", "rocket", number, ""), new($"/records/{number}", "file-certificate", $"Record of {number}", "")]
        : [];

    private string? Number()
    {
        var match = DeploymentNumber().Match(Q ?? "");
        if (!match.Success) return null;
        var year = match.Groups["year"] is { Success: true } given ? given.Value : clock.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture);
        return $"DEP-{year}-{match.Groups["n"].Value.PadLeft(6, '0')}";
    }

    [GeneratedRegex(@"^\s*(DEP-)?((?<year>\d{4})-)?(?<n>\d{1,6})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex DeploymentNumber();
}
