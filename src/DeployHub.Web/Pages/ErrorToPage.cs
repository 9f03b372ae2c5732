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

    /// <summary>
    /// What could not be read of the form that was sent, such as a date that is none; null when all could be. Other forms of the page keep quiet.
    /// </summary>
    /// <param name="form">Name of its bound property.</param>
    public static Error? Unread(this PageModel page, string form)
    {
        foreach (var field in page.ModelState.Keys.Where(field => !field.StartsWith($"{form}.", StringComparison.Ordinal)).ToList()) page.ModelState.Remove(field);
        return page.ModelState.IsValid ? null : new Error(ErrorKind.Invalid, Error.InvalidInput, "Something here cannot be read; look at the fields named.");
    }

    /// <summary>Whether this handler of the page was sent to: its form is shown open again.</summary>
    public static bool Handles(this HttpRequest request, string handler) =>
        HttpMethods.IsPost(request.Method) && string.Equals(request.Query["handler"], handler, StringComparison.OrdinalIgnoreCase);

    /// <summary>One sentence at the top of the next page: what was done.</summary>
    public static void Flash(this PageModel page, string sentence) => page.TempData["Flash"] = sentence;

    /// <summary>The same, where what was asked for was done in part only, or not: what is missing.</summary>
    public static void FlashWarning(this PageModel page, string sentence) => page.TempData["FlashWarning"] = sentence;

    internal static Error? Refused(HttpContext http) => http.Items.TryGetValue(Key, out var error) ? (Error?)error : null;
}
