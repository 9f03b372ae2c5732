using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Help;

/// <summary>One guide.</summary>
public sealed class DetailsModel : PageModel
{
    public Guide Shown { get; private set; } = null!;

    /// <summary>The headings just below the title.</summary>
    public IEnumerable<GuideSection> Headings => Shown.Sections.Where(section => section.Level == 2);

    public IActionResult OnGet(string guide)
    {
        if (Guides.Find(guide) is not { } found) return NotFound();
        if (found.Name == Guides.Overview) return RedirectPermanent(found.Address);

        Shown = found;
        return Page();
    }
}
