using DeployHub.Domain;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

/// <summary>The one place where a refusal becomes a page.</summary>
internal static class ErrorToPage
{
    private static readonly object Key = new();

    /// <summary>
    /// Shows the form again with everything that was typed; <c>&lt;refusal /&gt;</c> and <c>&lt;field&gt;</c> say what stands in the way. The page must
    /// have loaded what it shows before. The answer is 200: the form is what was asked for, the browser has no fault to report. What does
    /// not exist is the site's “not found” page.
    /// </summary>
    /// <param name="prefix">Name of the bound property, so that messages find their field; empty when the page binds no input.</param>
    public static IActionResult ShowAgain(this PageModel page, Error error, string prefix = "")
    {
        if (error.Kind is ErrorKind.NotFound) return page.NotFound();

        foreach (var (field, messages) in error.Fields)
            foreach (var message in messages)
                page.ModelState.AddModelError(prefix.Length == 0 || field.Length == 0 ? prefix + field : $"{prefix}.{field}", message);

        if (error.Fields.Count == 0) page.ModelState.AddModelError("", error.Message);
        page.HttpContext.Items[Key] = error;
        return page.Page();
    }

    /// <summary>One sentence at the top of the next page: what was done.</summary>
    public static void Flash(this PageModel page, string sentence) => page.TempData["Flash"] = sentence;

    internal static Error? Refused(HttpContext http) => http.Items.TryGetValue(Key, out var error) ? (Error?)error : null;
}
