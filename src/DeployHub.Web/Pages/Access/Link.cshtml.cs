using DeployHub.Features.Access;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Access;

/// <summary>Where a one-time link leads: an invitation, or the first administrator's.</summary>
[AllowAnonymous]
public sealed class LinkModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    /// <summary>The link makes the first administrator, who has to say who they are.</summary>
    [BindProperty(SupportsGet = true)]
    public bool First { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string Password { get; set; } = "";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        (await sender.Send(new AcceptLink(Token, Password, Email, DisplayName), cancellationToken)).Match(
            _ => LocalRedirect("/sign-in"),
            error => this.ShowAgain(error, ""));
}
