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
        ("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ];

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() => // late, because an error page clears the headers that were there
        {
            foreach (var (name, value) in Headers) http.Response.Headers.TryAdd(name, value);
            return Task.CompletedTask;
        });
        return next(http);
    });
}
