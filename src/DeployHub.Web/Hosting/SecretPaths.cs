using DeployHub.Web.Access;
using Serilog.Core;
using Serilog.Events;

namespace DeployHub.Web.Hosting;

/// <summary>The address of a partner's page is its key: every line of a request carries its path, so the part that is secret is left out.</summary>
internal sealed class SecretPaths : ILogEventEnricher
{
    private static readonly string[] Names = ["RequestPath", "Path"];

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var name in Names)
            if (logEvent.Properties.TryGetValue(name, out var value) && value is ScalarValue { Value: { } path } && path.ToString() is { } text && text.StartsWith($"{Doors.PartnerLinks}/", StringComparison.OrdinalIgnoreCase))
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue($"{Doors.PartnerLinks}/…")));
    }
}
