using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.TargetLists;

namespace DeployHub.Features.Runs;

/// <summary>How a run comes to be, whoever started it.</summary>
internal static class RunStarts
{
    /// <summary>Adds the run for which the deployment has opened the way. It takes the planned targets; those that came since are told and left out.</summary>
    public static async Task<Result<Run>> AddRunAsync(this DeployHubDb db, Deployment deployment, Actor @operator, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var expansion = await db.ExpansionOfAsync(deployment, at, cancellationToken);
        if (expansion.Expand().Error is { } cannot) return cannot;

        var run = Run.Start(
            deployment.Id, deployment.RunCount, $"{deployment.Number}/R{deployment.RunCount}", deployment.EnvironmentId, deployment.Plan.IsLive,
            RunPreparation.VersionsOf(deployment.Plan), expansion, @operator, at);
        db.Runs.Add(run);
        deployment.LeaveOut((await db.TargetChangesAsync(deployment, cancellationToken)).Added, Actor.System, at);
        return run;
    }
}
