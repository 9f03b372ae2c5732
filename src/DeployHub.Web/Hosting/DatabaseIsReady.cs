using DeployHub.Features.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DeployHub.Web.Hosting;

/// <summary>Ready means: the database answers and knows every table that this version needs.</summary>
internal sealed class DatabaseIsReady(Schema schema) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await schema.IsCurrentAsync(cancellationToken)
            ? HealthCheckResult.Healthy("The database answers and is up to date.")
            : HealthCheckResult.Unhealthy("The database lacks migrations: run with --migrate.");
}
