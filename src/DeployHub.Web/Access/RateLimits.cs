using System.Security.Claims;
using System.Threading.RateLimiting;
using DeployHub.Web.Api;
using Microsoft.AspNetCore.RateLimiting;

namespace DeployHub.Web.Access;

/// <summary>
/// How often one address may try to sign in, one identity may call the API, one address may say that a repository changed, read calendar feeds and
/// open partners' links, a minute: <c>DeployHub:Limits:SignIn</c>, <c>:Api</c>, <c>:Pushes</c>, <c>:Feeds</c> and <c>:Partners</c>.
/// </summary>
internal static class RateLimits
{
    public static void Configure(this RateLimiterOptions limits, IConfiguration configuration)
    {
        var signIn = configuration.GetValue("DeployHub:Limits:SignIn", 10);
        var api = configuration.GetValue("DeployHub:Limits:Api", 600);
        var pushes = configuration.GetValue("DeployHub:Limits:Pushes", 120);
        var feeds = configuration.GetValue("DeployHub:Limits:Feeds", 120);
        var partners = configuration.GetValue("DeployHub:Limits:Partners", 60);
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        {
            if (http.Request.IsPush()) return Minute($"push:{Address(http)}", pushes);
            if (http.Request.IsFeed()) return Minute($"feed:{Address(http)}", feeds);
            if (http.Request.IsApi()) return Minute($"api:{http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? Address(http)}", api);
            if (http.Request.Path == "/sign-in" && HttpMethods.IsPost(http.Request.Method)) return Minute($"sign-in:{Address(http)}", signIn);
            if (http.Request.IsByPartnerLink()) return Minute($"partner:{Address(http)}", partners);
            return RateLimitPartition.GetNoLimiter("none");
        });
        limits.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (rejected.HttpContext.Request.IsApi()) await TooMany(wait).ExecuteAsync(rejected.HttpContext);
            else rejected.HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests; // the status page explains
        };
    }

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static RateLimitPartition<string> Minute(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult TooMany(TimeSpan wait) => TypedResults.Problem(
        title: $"Too many requests: try again in {Math.Ceiling(wait.TotalSeconds)} seconds.", type: "urn:deployhub:access.too-many-requests",
        statusCode: StatusCodes.Status429TooManyRequests, extensions: new Dictionary<string, object?> { ["code"] = "access.too-many-requests" });
}
