using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Help;

/// <summary>All guides, and the search in them. Whoever signed in may read them, with a role or without.</summary>
public sealed class IndexModel : PageModel
{
    private const int Most = 30;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public Guide Overview { get; } = Guides.Find(Guides.Overview)!;

    public IReadOnlyList<GuideHit> Hits { get; private set; } = [];

    /// <summary>How much was found, and how much of it is shown.</summary>
    public string Said { get; private set; } = "";

    public void OnGet()
    {
        var found = Guides.Search(Q);
        Hits = [.. found.Take(Most)];
        Said = found.Count switch
        {
            0 => "No guide holds all these words. Fewer words find more.",
            1 => "One place.",
            > Most => $"{found.Count} places; these {Most} fit best. More words find less.",
            _ => $"{found.Count} places.",
        };
    }
}
