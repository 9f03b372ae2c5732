using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeployHub.Web.Access;

/// <summary>Refuses what comes more often than <see cref="RateLimits"/> allow, and says when to come again.</summary>
internal sealed class RateLimiting(RequestDelegate next, RateLimits limits)
{
    public async Task InvokeAsync(HttpContext http)
    {
        using var lease = limits.Take(http);
        if (lease.IsAcquired) await next(http);
        else await RefuseAsync(http, lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1));
    }

    private static async Task RefuseAsync(HttpContext http, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (http.Request.IsApi()) await TooMany(seconds).ExecuteAsync(http);
        else http.Response.StatusCode = StatusCodes.Status429TooManyRequests; // the status page explains
    }

    private static ProblemHttpResult TooMany(int seconds) => TypedResults.Problem(
        title: $"Too many requests: try again in {seconds} seconds.", type: "urn:deployhub:access.too-many-requests",
        statusCode: StatusCodes.Status429TooManyRequests, extensions: new Dictionary<string, object?> { ["code"] = "access.too-many-requests" });
}
