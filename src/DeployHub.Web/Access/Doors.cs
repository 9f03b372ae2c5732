using DeployHub.Domain.Access;
using DeployHub.Web.Api;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace DeployHub.Web.Access;

/// <summary>Which proof a request brings: a token for programs, a cookie for people.</summary>
internal static class Doors
{
    public const string Choose = "Door";

    public const string Token = "Token";

    /// <summary>Where partners' links lead; what follows in the address is their token.</summary>
    public const string PartnerLinks = "/p";

    /// <summary>A person's token opens the API alone: pages are for people who signed in.</summary>
    public static string SchemeFor(HttpContext http) =>
        Shows(http, ApiClient.TokenPrefix) || (http.Request.IsApi() && Shows(http, PersonalToken.Prefix)) ? Token : IdentityConstants.ApplicationScheme;

    public static bool IsApi(this HttpRequest request) => request.Path.StartsWithSegments("/api/v1");

    /// <summary>A Git server says that it has something new: anybody may come to that door.</summary>
    public static bool IsPush(this HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments("/api/v1/model-sources") && request.Path.Value!.TrimEnd('/').EndsWith("/pushes", StringComparison.OrdinalIgnoreCase);

    /// <summary>An open page looks whether there is something new: no person does anything.</summary>
    public static bool IsLook(this HttpRequest request) => request.Path.StartsWithSegments("/notices/bell");

    /// <summary>A partner without an account.</summary>
    public static bool IsByPartnerLink(this HttpRequest request) => request.Path.StartsWithSegments(PartnerLinks);

    /// <summary>Its address is a key, in its path or in what it asks with: it goes into no other request, no cache, no index and no page.</summary>
    public static bool IsByKey(this HttpRequest request) =>
        request.IsByPartnerLink() || request.IsFeed() || request.Path.StartsWithSegments("/by-link") || request.Path.StartsWithSegments("/welcome");

    private static bool Shows(HttpContext http, string prefix) => http.Request.Headers.Authorization.ToString().StartsWith("Bearer " + prefix, StringComparison.Ordinal);

    public static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "deployhub";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.ReturnUrlParameter = "back";
        RenewForPeopleOnly(cookie.Events);
        SendNoKeyToSignIn(cookie.Events);
    }

    /// <summary>Whoever knows a key has no account, and the way back would be a part of the next address.</summary>
    private static void SendNoKeyToSignIn(CookieAuthenticationEvents events)
    {
        var redirect = events.OnRedirectToLogin;
        events.OnRedirectToLogin = asked =>
        {
            if (!asked.Request.IsByKey()) return redirect(asked);

            asked.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    /// <summary>A page that stays open keeps nobody signed in.</summary>
    private static void RenewForPeopleOnly(CookieAuthenticationEvents events)
    {
        var validate = events.OnValidatePrincipal;
        events.OnValidatePrincipal = async validated =>
        {
            await validate(validated);
            validated.ShouldRenew &= !validated.Request.IsLook();
        };
        events.OnCheckSlidingExpiration = checking =>
        {
            checking.ShouldRenew &= !checking.Request.IsLook();
            return Task.CompletedTask;
        };
    }
}
