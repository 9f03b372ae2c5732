using System.Diagnostics;
using System.Globalization;
using DeployHub.Features.Access;
using DeployHub.Web.Access;
using DeployHub.Web.Hosting;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

/// <summary>What went wrong, in the site's own dress. A fragment that fails says so in the flash line instead of replacing its place.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel(ISender sender, Caller caller) : PageModel
{
    /// <summary>Not bound: a form that cannot be read would keep anything from being bound.</summary>
    public int Code => int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture);

    public string RequestId => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    /// <summary>What was asked for, without what is a key in it.</summary>
    public string? Path => HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath is { } asked ? SecretPaths.Without(asked) : null;

    /// <summary>For a newcomer without any role, to whom nothing is open yet; null for everybody else.</summary>
    public WhoGrantsRoles.Answer? Newcomer { get; private set; }

    public string Name => caller.Actor.Name;

    public (string Title, string Sentence) Words => Code switch
    {
        400 => ("This request cannot be read", "Something in it is malformed or out of date. Go back, reload the page and try again."),
        401 => ("Sign in first", "This page shows who may see it after you sign in."),
        403 => ("This is not yours to see or do", $"{RefusalAnswers.ReasonOf(HttpContext)?.Message ?? "Your roles do not include it."} An administrator can grant you a role."),
        404 => ("There is nothing here", "The address is wrong, or what it named is gone. Press / to find it by number or name."),
        405 => ("This address does not take that", "Open the page itself and use its buttons."),
        413 => ("That is too large", "The file is larger than this installation accepts. An administrator can raise the limit."),
        429 => ("Too many tries", "Wait a minute, then try again."),
        503 => ("DeployHub is not ready", "It is starting or its database does not answer. Running deployments go on. Try again shortly."),
        < 500 => ("This did not work", $"The server answered {Code}."),
        _ => ("DeployHub made a mistake", "This is a fault of the program, not yours. Look whether what you did is there before you do it again."),
    };

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => AnswerAsync(cancellationToken);

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => AnswerAsync(cancellationToken);

    private async Task<IActionResult> AnswerAsync(CancellationToken cancellationToken)
    {
        Response.StatusCode = Code;
        if (Code == StatusCodes.Status403Forbidden && User.Identity?.IsAuthenticated == true && !caller.Roles.Any())
            Newcomer = await sender.Send(new WhoGrantsRoles(), cancellationToken);
        if (!Request.Headers.ContainsKey("HX-Request")) return Page();

        Response.Headers["HX-Retarget"] = "#flash";
        Response.Headers["HX-Reswap"] = "innerHTML";
        return Partial("_FlashProblem", Words.Title);
    }
}
