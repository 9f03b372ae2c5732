using System.Net;
using System.Reflection;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
var app = builder.Build();

var version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
var instance = app.Configuration["GREETER_INSTANCE"] ?? Environment.MachineName;
var greeting = Greeting.From(app.Configuration);
var visits = new Visits();

app.MapGet("/", () => visits.Counted(Greeting.IsReady(greeting), Results.Content(Page.Html(greeting, version, instance), "text/html; charset=utf-8")));
app.MapGet("/metrics", () => Results.Text(visits.Metrics(version), "text/plain; version=0.0.4"));
app.MapGet("/version", () => new { version });
app.MapGet("/health", () => Greeting.IsReady(greeting)
    ? Results.Text("healthy")
    : Results.Text("unhealthy: no greeting configured", statusCode: StatusCodes.Status503ServiceUnavailable));

app.Lifetime.ApplicationStarted.Register(() => app.Logger.LogInformation("greeter {Version} is listening as {Instance}", version, instance));
app.Run();

internal static class Greeting
{
#if OWN_GREETING
    // Since 1.2.0 each environment words its own greeting. Nobody told the environments.
    public static string? From(IConfiguration settings) => settings["GREETER_GREETING"];
#else
    public static string? From(IConfiguration _) => "Good day";
#endif

    public static bool IsReady(string? greeting) => !string.IsNullOrWhiteSpace(greeting);
}

/// <summary>What users got, as Prometheus reads it. Both counters are there from the start: a ratio of nothing tells nothing.</summary>
internal sealed class Visits
{
    private long _greeted, _failed;

    public IResult Counted(bool isReady, IResult page)
    {
        Interlocked.Increment(ref isReady ? ref _greeted : ref _failed);
        return isReady ? page : Results.Text("no greeting configured", statusCode: StatusCodes.Status500InternalServerError);
    }

    public string Metrics(string version) => $$"""
        # HELP greeter_requests_total Visits by what became of them.
        # TYPE greeter_requests_total counter
        greeter_requests_total{code="200",version="{{version}}"} {{Interlocked.Read(ref _greeted)}}
        greeter_requests_total{code="500",version="{{version}}"} {{Interlocked.Read(ref _failed)}}

        """;
}

internal static class Page
{
    public static string Html(string? greeting, string version, string instance) => $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>greeter {WebUtility.HtmlEncode(version)}</title>
          <style>
            :root {"{ color-scheme: light dark; }"}
            body {"{ font: 1.1rem/1.6 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1.5rem; }"}
            h1 {"{ font-weight: 600; margin: 0 0 1rem; }"}
            dl {"{ display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }"}
            dt {"{ opacity: .7; }"} dd {"{ margin: 0; font-variant-numeric: tabular-nums; }"}
          </style>
        </head>
        <body>
          <h1>{WebUtility.HtmlEncode(greeting)}</h1>
          <dl><dt>Service</dt><dd>greeter</dd><dt>Version</dt><dd>{WebUtility.HtmlEncode(version)}</dd><dt>Instance</dt><dd>{WebUtility.HtmlEncode(instance)}</dd></dl>
        </body>
        </html>
        """;
}
