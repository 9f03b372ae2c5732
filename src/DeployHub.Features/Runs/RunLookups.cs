using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
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
                           select new { run.Id, Deployment = deployment }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (known is null) return Error.NotFound("run", name);
        var (services, environment) = await db.WholeScopeOfAsync(known.Deployment, cancellationToken);
        if (caller.RefusalThroughout(permission, services, environment) is { } refusal) return refusal;

        return (await db.LockRunAsync(known.Id, cancellationToken))!;
    }

    private const int LargestWhole = 250; // target runs: a page lists those of 60 targets one by one

    /// <summary>
    /// A run to look at, never to be saved. Of a fleet's target runs those that need no look come without their steps, which are nearly all of
    /// what is stored; the first of each phase keeps them, to tell what the steps are. Null when there is no such run.
    /// </summary>
    public static async Task<Run?> BriefRunAsync(this DeployHubDb db, string name, string? subject, CancellationToken cancellationToken)
    {
        var known = await db.Runs.Where(run => run.Name == name).Select(run => new { run.Id, run.Status, TargetRuns = db.TargetRuns.Count(targetRun => targetRun.RunId == run.Id) }).SingleOrDefaultAsync(cancellationToken);
        if (known is null) return null;

        if (known.TargetRuns <= LargestWhole || known.Status is RunStatus.RolledBack) // the steps say what was touched
            return await db.Runs.AsNoTracking().Include(run => run.TargetRuns).SingleAsync(run => run.Id == known.Id, cancellationToken);

        var run = await db.Runs.AsNoTracking().SingleAsync(run => run.Id == known.Id, cancellationToken);
        var id = known.Id.Value;
        return run.With(await db.TargetRuns.FromSql(
            $"""
            select id, run_id, stage, phase, part, ordinal, subject, target_id, pool, status, due_at, fence, lease_until, worker, began_at, ended_at,
              case when status in ('Failed', 'InProgress', 'WaitingForPerson') or part <> 'Work' or subject = {subject}
                or ordinal = min(ordinal) over (partition by stage, phase) then steps else '[]' end as steps
            from target_runs where run_id = {id}
            """).AsNoTracking().ToListAsync(cancellationToken));
    }
}
