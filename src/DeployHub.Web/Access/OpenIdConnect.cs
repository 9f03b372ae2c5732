using System.Security.Claims;
using DeployHub.Features.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;

namespace DeployHub.Web.Access;

/// <summary>
/// Sign-in by the organisation's own identity provider, when <c>DeployHub:OpenIdConnect:Authority</c>, <c>ClientId</c> and
/// <c>ClientSecret</c> are set. It proves who somebody is; accounts and roles stay DeployHub's, matched by e-mail address.
/// </summary>
internal static class OpenIdConnect
{
    public const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    public static void AddOpenIdConnectIfConfigured(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var section = configuration.GetSection("DeployHub:OpenIdConnect");
        if (section["Authority"] is not { Length: > 0 } authority) return;

        authentication.AddOpenIdConnect(Scheme, options =>
        {
            options.Authority = authority;
            options.ClientId = section["ClientId"];
            options.ClientSecret = section["ClientSecret"];
            options.ResponseType = "code";
            options.SignInScheme = IdentityConstants.ApplicationScheme;
            options.Scope.Add("email");
            options.GetClaimsFromUserInfoEndpoint = true;
            options.Events.OnTicketReceived = BecomeOurPersonAsync;
        });
    }

    private static async Task BecomeOurPersonAsync(TicketReceivedContext ticket)
    {
        var email = ticket.Principal?.FindFirstValue(ClaimTypes.Email) ?? ticket.Principal?.FindFirstValue("email");
        var signIn = ticket.HttpContext.RequestServices.GetRequiredService<SignInManager<Person>>();
        var person = email is null ? null : await signIn.UserManager.FindByEmailAsync(email);
        if (person is null)
        {
            ticket.Response.Redirect($"/sign-in?unknown={Uri.EscapeDataString(email ?? "")}");
            ticket.HandleResponse();
            return;
        }

        ticket.Principal = await signIn.CreateUserPrincipalAsync(person);
    }
}
