using System.Security.Claims;
using System.Text.Encodings.Web;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using Mediator;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace DeployHub.Web.Access;

/// <summary>Lets programs in by <c>Authorization: Bearer dh_…</c> of their own, or <c>dhp_…</c> of a person in whose name they act.</summary>
internal sealed class ApiTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ISender sender)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim();
        if (await WhoHasAsync(token) is not { } who) return AuthenticateResult.Fail("This token is unknown, revoked or expired.");

        Context.Features.Set(who);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, who.Actor.Id), new Claim(ClaimTypes.Name, who.Actor.Name)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private ValueTask<WhoIs.Answer?> WhoHasAsync(string token) => token.StartsWith(PersonalToken.Prefix, StringComparison.Ordinal)
        ? sender.Send(new WhoHasPersonalToken(token), Context.RequestAborted)
        : sender.Send(new WhoHasToken(token), Context.RequestAborted);
}
