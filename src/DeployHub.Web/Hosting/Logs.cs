using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace DeployHub.Web.Hosting;

/// <summary>Structured logs on the console: readable by default, one JSON object a line with <c>DeployHub__Logs=json</c>.</summary>
internal static class Logs
{
    private static readonly Dictionary<string, LogEventLevel> Quiet = new()
    {
        ["Microsoft"] = LogEventLevel.Warning,
        ["Microsoft.Hosting.Lifetime"] = LogEventLevel.Warning, // we say ourselves where we listen
        ["System.Net.Http"] = LogEventLevel.Warning,
        ["Hangfire"] = LogEventLevel.Warning,
        ["Npgsql"] = LogEventLevel.Warning,
    };

    public static Logger Create(IConfiguration configuration)
    {
        var logger = new LoggerConfiguration().Enrich.FromLogContext().Enrich.With<Origin>().Enrich.With<SecretPaths>()
            .Filter.ByExcluding(line => line.MessageTemplate.Text == "Hosting failed to start"); // the exception reaches Program, which says it once
        foreach (var (category, level) in Quiet) logger.MinimumLevel.Override(category, level);
        foreach (var setting in configuration.GetSection("Logging:LogLevel").GetChildren()) SetLevel(logger, setting.Key, setting.Value);

        return (IsJson(configuration)
            ? logger.WriteTo.Console(new RenderedCompactJsonFormatter())
            : logger.WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{Origin}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture))
            .CreateLogger();
    }

    public static bool IsJson(IConfiguration configuration) => configuration["DeployHub:Logs"] switch
    {
        null or "" or "text" => false,
        "json" => true,
        var other => throw new StartException($"DeployHub__Logs cannot be “{other}”: write text or json."),
    };

    /// <summary>The category names and levels of ASP.NET Core's own logging, so that what people know works.</summary>
    private static void SetLevel(LoggerConfiguration logger, string category, string? name)
    {
        if (!Enum.TryParse<LogLevel>(name, ignoreCase: true, out var level)) throw new StartException($"Logging__LogLevel__{category} cannot be “{name}”.");
        var least = level switch
        {
            LogLevel.Trace => LogEventLevel.Verbose,
            LogLevel.Critical => LogEventLevel.Fatal,
            LogLevel.None => LogEventLevel.Fatal,
            _ => Enum.Parse<LogEventLevel>(level.ToString()),
        };
        if (category == "Default") logger.MinimumLevel.Is(least);
        else logger.MinimumLevel.Override(category, least);
    }

    /// <summary>The run and the request that a readable line belongs to, at its end and only if there is one. An error page shows the same number.</summary>
    private sealed class Origin : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            var run = logEvent.Properties.TryGetValue("RunId", out var id) ? $" (run {id.ToString("l", CultureInfo.InvariantCulture)})" : "";
            var request = logEvent.Properties.ContainsKey("RequestId") && logEvent.TraceId is { } trace ? $" (request {trace})" : "";
            if (run.Length + request.Length > 0) logEvent.AddOrUpdateProperty(new LogEventProperty("Origin", new ScalarValue(run + request)));
        }
    }
}
