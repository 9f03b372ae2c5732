using System.Security.Claims;
using DeployHub.Features.Access;
using Mediator;

namespace DeployHub.Web.Access;

/// <summary>Turns the proof of this request into the caller of its messages. Roles are read anew each time, so a revoked one ends at once.</summary>
internal sealed class CallerMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, Caller caller, ISender sender)
    {
        var who = http.Features.Get<WhoIs.Answer>();
        if (who is null && Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person)) who = await sender.Send(new WhoIs(person), http.RequestAborted);
        if (who is not null) caller.SignIn(who.Actor, who.Grants, who.Target, who.Token);
        else if (http.User.Identity?.IsAuthenticated == true) http.User = new ClaimsPrincipal(new ClaimsIdentity()); // the account was closed

        await next(http);
    }
}
