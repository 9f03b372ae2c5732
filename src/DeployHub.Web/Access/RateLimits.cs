using System.Security.Claims;
using System.Threading.RateLimiting;
using DeployHub.Web.Api;

namespace DeployHub.Web.Access;

/// <summary>
/// How often one address may try to sign in, one identity may call the API, one address may say that a repository changed, read calendar feeds and
/// open partners' links, a minute: <c>DeployHub:Limits:SignIn</c>, <c>:Api</c>, <c>:Pushes</c>, <c>:Feeds</c> and <c>:Partners</c>.
/// The container ends it with the program; what the framework's own middleware counts with outlives a program that stops within its process.
/// </summary>
internal sealed class RateLimits : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter;

    public RateLimits(IConfiguration configuration)
    {
        int Limit(string name, int permits) => configuration.GetValue($"DeployHub:Limits:{name}", permits);
        var (signIn, api, pushes, feeds, partners) = (Limit("SignIn", 10), Limit("Api", 600), Limit("Pushes", 120), Limit("Feeds", 120), Limit("Partners", 60));
        _limiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        {
            if (http.Request.IsPush()) return Minute($"push:{Address(http)}", pushes);
            if (http.Request.IsFeed()) return Minute($"feed:{Address(http)}", feeds);
            if (http.Request.IsApi()) return Minute($"api:{http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? Address(http)}", api);
            if (http.Request.Path == "/sign-in" && HttpMethods.IsPost(http.Request.Method)) return Minute($"sign-in:{Address(http)}", signIn);
            if (http.Request.IsByPartnerLink()) return Minute($"partner:{Address(http)}", partners);
            return RateLimitPartition.GetNoLimiter("none");
        });
    }

    /// <summary>Whether this request may go on.</summary>
    public RateLimitLease Take(HttpContext http) => _limiter.AttemptAcquire(http);

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static RateLimitPartition<string> Minute(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });
}
