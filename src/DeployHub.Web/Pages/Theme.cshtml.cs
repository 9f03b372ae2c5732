using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

/// <summary>Switches the theme where no script runs; with script <c>hub.js</c> does it without a reload.</summary>
[AllowAnonymous]
public sealed class ThemeModel : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public IActionResult OnPost(string? theme, string? back)
    {
        if (theme is "light" or "dark")
            Response.Cookies.Append(Theme.Cookie, theme, new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, IsEssential = true });
        else
            Response.Cookies.Delete(Theme.Cookie);

        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }
}
