using System.Diagnostics;
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
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation(requests => requests.Filter = http => !http.Request.IsFeed() && !http.Request.IsByPartnerLink()) /* their addresses are secrets */.AddNpgsql().AddSource("System.Net.Http", "DeployHub.*").AddProcessor(new SecretAddresses()))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddNpgsqlInstrumentation().AddMeter("System.Net.Http", "System.Runtime", "DeployHub.*"))
            .UseOtlpExporter();
    }
}

/// <summary>Where a chat takes messages, and where others' calendars are read, is a secret, and stands in the path of what is asked: a trace says which host it was, and no more.</summary>
internal sealed class SecretAddresses : BaseProcessor<Activity>
{
    private const string Full = "url.full";

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == "System.Net.Http" && data.GetTagItem(Full) is string full) data.SetTag(Full, Uri.TryCreate(full, UriKind.Absolute, out var address) ? $"{address.GetLeftPart(UriPartial.Authority)}/…" : "…");
    }
}
