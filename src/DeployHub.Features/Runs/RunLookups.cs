using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>How commands of people reach a run: by its name, within their scope, under its lock.</summary>
internal static class RunLookups
{
    public static async Task<Result<Run>> LockRunForAsync(this DeployHubDb db, string name, Permission permission, Caller caller, CancellationToken cancellationToken)
    {
        var known = await (from run in db.Runs
                           where run.Name == name
                           join deployment in db.Deployments on run.DeploymentId equals deployment.Id
                           join service in db.Services on deployment.ServiceId equals service.Id
                           join environment in db.Environments on deployment.EnvironmentId equals environment.Id
                           select new { run.Id, Service = service.Key, Environment = environment.Key }).SingleOrDefaultAsync(cancellationToken);
        if (known is null) return Error.NotFound("run", name);
        if (caller.RefusalOf(permission, known.Service, known.Environment) is { } refusal) return refusal;

        return (await db.LockRunAsync(known.Id, cancellationToken))!;
    }
}
