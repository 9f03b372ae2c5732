using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace DeployHub.Web.Access;

/// <summary>Who gets in, and what they may: accounts, API tokens, permissions as policies, limits.</summary>
internal static class Setup
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddIdentityCore<Person>(identity =>
            {
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                identity.Password = new PasswordOptions { RequiredLength = 12, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
                identity.User.RequireUniqueEmail = true;
            })
            .AddEntityFrameworkStores<DeployHubDb>().AddSignInManager().AddDefaultTokenProviders();
        builder.Services.Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = TimeSpan.FromMinutes(1)); // leavers lose their sessions

        var authentication = builder.Services.AddAuthentication(Doors.Choose)
            .AddPolicyScheme(Doors.Choose, null, choose => choose.ForwardDefaultSelector = Doors.SchemeFor)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(Doors.Token, null);
        authentication.AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Doors.ConfigureCookie));
        authentication.AddOpenIdConnectIfConfigured(builder.Configuration);

        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        builder.Services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalAnswers>();
        builder.Services.AddAntiforgery(antiforgery => antiforgery.HeaderName = "X-Antiforgery");
        builder.Services.AddSingleton<RateLimits>();
    }

    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<CallerMiddleware>();
        app.UseMiddleware<RateLimiting>();
        app.UseAuthorization();
        app.UseMiddleware<ApiAntiforgery>();
    }
}
