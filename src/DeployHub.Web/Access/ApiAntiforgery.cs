using DeployHub.Domain;
using DeployHub.Web.Api;
using Microsoft.AspNetCore.Antiforgery;

namespace DeployHub.Web.Access;

/// <summary>What is sent there proves itself by its own content; who is signed in does not matter.</summary>
internal sealed record BringsItsOwnProof;

/// <summary>A browser's cookie may read the API; to write by cookie, the antiforgery header is needed, or another site could send it.</summary>
internal sealed class ApiAntiforgery(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var isWrite = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method);
        var byCookie = Doors.SchemeFor(http) != Doors.Token && http.GetEndpoint()?.Metadata.GetMetadata<BringsItsOwnProof>() is null;
        if (http.Request.IsApi() && isWrite && byCookie && !await antiforgery.IsRequestValidAsync(http))
        {
            await ResultToHttp.Problem(new Error(ErrorKind.Forbidden, "access.antiforgery", "To write by cookie, send the antiforgery header X-Antiforgery; programs use an API token.")).ExecuteAsync(http);
            return;
        }

        await next(http);
    }
}
