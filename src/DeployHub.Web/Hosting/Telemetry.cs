using DeployHub.Web.Access;
using DeployHub.Web.Api;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DeployHub.Web.Hosting;

/// <summary>Traces and metrics by OTLP, for those who name an endpoint with the standard variable.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 }) return;

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? "deployhub"))
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation(requests => requests.Filter = http => !http.Request.IsFeed() && !http.Request.IsByPartnerLink()) /* their addresses are secrets */.AddNpgsql().AddSource("System.Net.Http", "DeployHub.*"))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddNpgsqlInstrumentation().AddMeter("System.Net.Http", "System.Runtime", "DeployHub.*"))
            .UseOtlpExporter();
    }
}
