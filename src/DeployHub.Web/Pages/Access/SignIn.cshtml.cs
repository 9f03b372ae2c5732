using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Pipeline;
using DeployHub.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Access;

[AllowAnonymous]
public sealed class SignInModel(SignInManager<Person> signIn, IAuthenticationSchemeProvider schemes, SeedPeople people) : PageModel
{
    [BindProperty]
    public string Email { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    public bool HasOpenIdConnect { get; private set; }

    /// <summary>Nobody where there is no demo.</summary>
    public IReadOnlyList<(string Name, string Email, string Part, RoleGrant[] Roles)> DemoPeople { get; private set; } = [];

    public async Task OnGetAsync(string? unknown)
    {
        HasOpenIdConnect = await schemes.GetSchemeAsync(OpenIdConnect.Scheme) is not null;
        if (await people.IsDemoThereAsync(HttpContext.RequestAborted)) DemoPeople = SeedPeople.Demo;
        if (unknown is not null) ModelState.AddModelError("", $"{unknown} has no account here yet. Ask an administrator for an invitation.");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var person = UnstorableText.IsIn(Email) ? null : await signIn.UserManager.FindByEmailAsync(Email.Trim());
        var result = person is null ? Microsoft.AspNetCore.Identity.SignInResult.Failed : await signIn.PasswordSignInAsync(person, Password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded) return LocalRedirect(Url.IsLocalUrl(Back) ? Back! : "/");

        await OnGetAsync(null);
        ModelState.AddModelError("", result.IsLockedOut
            ? "This account is locked after five wrong passwords or closed by an administrator. Wait 15 minutes or ask an administrator."
            : "E-mail address and password do not match.");
        return Page();
    }

    public IActionResult OnPostOpenIdConnect() => Challenge(new AuthenticationProperties { RedirectUri = Url.IsLocalUrl(Back) ? Back : "/" }, OpenIdConnect.Scheme);
}
