using DeployHub.Web.Access;
using Microsoft.Extensions.Primitives;

namespace DeployHub.Web.Hosting;

/// <summary>
/// The browser runs and loads only what comes from this site, and no inline script or style. A page that must differ (the job
/// dashboard) sets its own header first.
/// </summary>
internal static class SecurityHeaders
{
    private static readonly (string Name, StringValues Value)[] Headers =
    [
        ("Content-Security-Policy", PolicyWith([])),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ];

    /// <summary>The same for a page that shows pictures from these addresses, as a published model names them; nothing else comes from there.</summary>
    public static string PolicyWith(IEnumerable<string> pictures)
    {
        var origins = pictures.Select(picture => Uri.TryCreate(picture, UriKind.Absolute, out var uri) && uri is { Scheme: "https", HostNameType: UriHostNameType.Dns or UriHostNameType.IPv4 } ? $" https://{uri.IdnHost}:{uri.Port}" : "").Distinct();
        return $"default-src 'self'; img-src 'self' data:{string.Concat(origins)}; style-src 'self'; script-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
    }

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var isByKey = http.Request.IsByKey(); // asked now: an error page has an address of its own
        http.Response.OnStarting(() => // late, because an error page clears the headers that were there
        {
            if (isByKey) KeepSecret(http.Response.Headers);
            foreach (var (name, value) in Headers) http.Response.Headers.TryAdd(name, value);
            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>A feed says itself for how long its reader may keep it.</summary>
    private static void KeepSecret(IHeaderDictionary headers)
    {
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
    }
}
