using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>Adds to an answer 500 what was thrown, which the product tells its log only, so that a test that fails says why.</summary>
internal sealed class TellingFaults : IStartupFilter
{
    public const string Header = "X-Fault";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, go) =>
        {
            http.Response.OnStarting(() => Tell(http));
            return go(http);
        });
        next(app);
    };

    private static Task Tell(HttpContext http)
    {
        if (http.Features.Get<IExceptionHandlerFeature>()?.Error is { } fault) http.Response.Headers[Header] = Uri.EscapeDataString($"{fault}");
        return Task.CompletedTask;
    }
}
