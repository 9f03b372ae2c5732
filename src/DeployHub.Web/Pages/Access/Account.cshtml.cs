using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Access;

/// <summary>Who you are here, what you may do, and your password, which is the framework's affair as signing in is.</summary>
[Authorize]
public sealed class AccountModel(SignInManager<Person> signIn, Caller caller) : PageModel
{
    [BindProperty]
    public string Current { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    public string Name => caller.Actor.Name;

    public string Email { get; private set; } = "";

    /// <summary>False for somebody who signs in elsewhere.</summary>
    public bool HasPassword { get; private set; }

    public IReadOnlyList<RoleGrant> Grants => caller.Grants;

    public bool MayMakeTokens => caller.May(Permission.MakeTokens);

    public bool MayApprove => caller.May(Permission.ApprovePlans);

    public IEnumerable<Permission> Permissions => Enum.GetValues<Permission>().Where(caller.May);

    public static string ReachOf(RoleGrant grant) => (grant.Service, grant.Environment) switch
    {
        (null, null) => "Everywhere",
        ({ } service, null) => $"Service {service}",
        (null, { } environment) => $"Environment {environment}",
        var (service, environment) => $"Service {service} in environment {environment}",
    };

    public async Task OnGetAsync() => await FindAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var person = await FindAsync();
        var check = await signIn.CheckPasswordSignInAsync(person, Current, lockoutOnFailure: true);
        if (!check.Succeeded) return Refuse(nameof(Current), "This is not your password now. After five wrong ones the account is locked for 15 minutes.");

        var changed = await signIn.UserManager.ChangePasswordAsync(person, Current, Password);
        if (!changed.Succeeded) return Refuse(nameof(Password), string.Join(' ', changed.Errors.Select(error => error.Description)));

        await signIn.RefreshSignInAsync(person);
        this.Flash("Your password is changed.");
        return RedirectToPage();
    }

    private PageResult Refuse(string field, string sentence)
    {
        ModelState.AddModelError(field, sentence);
        return Page();
    }

    private async Task<Person> FindAsync()
    {
        var person = (await signIn.UserManager.GetUserAsync(User))!; // the caller of this request was found a moment ago
        (Email, HasPassword) = (person.Email!, person.PasswordHash is not null);
        return person;
    }
}
