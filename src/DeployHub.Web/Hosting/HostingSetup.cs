using DeployHub.Features;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using Serilog;

namespace DeployHub.Web.Hosting;

/// <summary>What every process has, whatever its roles.</summary>
internal static class HostingSetup
{
    public static void AddHosting(this IHostApplicationBuilder builder, DatabaseServer database)
    {
        builder.Services.AddSerilog(Logs.Create(builder.Configuration), dispose: true);
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddDeployHubFeatures(database.ConnectionString);
        builder.Services.AddJobs(database.ConnectionString);
        builder.Services.AddSharedKeys(builder.Configuration);
        builder.Services.AddSingleton<ISealsSecrets, SealedSecrets>();
    }

    /// <summary>Migrations and what Hangfire needs; several processes may start at once.</summary>
    public static async Task PrepareDatabaseAsync(this IHost host, CancellationToken cancellationToken)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().BringUpToDateAsync(Jobs.Install, cancellationToken);
    }
}
