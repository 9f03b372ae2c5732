using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Web.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace DeployHub.Web.Access;

/// <summary>Programs are told in problem details why they are turned away; people are shown the sign-in or the refusal page.</summary>
internal sealed class RefusalAnswers : IAuthorizationMiddlewareResultHandler
{
    private static readonly Error SignInNeeded = new(
        ErrorKind.Forbidden, "access.sign-in-needed",
        "Send a token as Authorization: Bearer …: your own from /account/tokens, or a program's, which an administrator makes. This one is missing, unknown, revoked or expired.");

    private readonly AuthorizationMiddlewareResultHandler _pages = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var needed = policy.Requirements.OfType<PermissionRequirement>().FirstOrDefault();
        if (context.Request.IsApi()) await ApiAnswer(context, authorizeResult, needed).ExecuteAsync(context);
        else if (context.Request.IsLook()) context.Response.StatusCode = StatusCodes.Status204NoContent; // whoever has gone sees nothing new
        else if (authorizeResult.Forbidden) Explain(context, needed);
        else await _pages.HandleAsync(next, context, policy, authorizeResult);
    }

    /// <summary>Why this request is turned away and who could do it; null when no permission was in question.</summary>
    public static Error? ReasonOf(HttpContext http) => http.Items.TryGetValue(typeof(RefusalAnswers), out var reason) ? (Error?)reason : null;

    /// <summary>The status page shows it.</summary>
    private static void Explain(HttpContext http, PermissionRequirement? needed)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        if (needed is not null) http.Items[typeof(RefusalAnswers)] = PermissionMatrix.Refusal(needed.Permission);
    }

    private static IResult ApiAnswer(HttpContext http, PolicyAuthorizationResult result, PermissionRequirement? needed)
    {
        var caller = http.RequestServices.GetRequiredService<Caller>();
        if (result.Forbidden && needed is not null) return ResultToHttp.Problem(caller.RefusalOf(needed.Permission) ?? PermissionMatrix.Refusal(needed.Permission));
        return TypedResults.Problem(
            title: SignInNeeded.Message, type: $"urn:deployhub:{SignInNeeded.Code}", statusCode: StatusCodes.Status401Unauthorized, extensions: new Dictionary<string, object?> { ["code"] = SignInNeeded.Code });
    }
}
