using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Workers;
using DeployHub.Features.Access;
using DeployHub.Features.Data;

namespace DeployHub.Features.Workers;

internal static class WorkerLookups
{
    /// <summary>A worker serves every service and environment, so a narrower grant does not reach it.</summary>
    public static async Task<Result<WorkerProcess>> WorkerForAsync(this DeployHubDb db, string name, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.RefusalOf(Permission.DrainWorkers, service: null, environment: null) is { } refusal) return refusal;
        return await db.Workers.FindAsync([name], cancellationToken) is { } worker ? worker : Error.NotFound("worker", name);
    }
}
