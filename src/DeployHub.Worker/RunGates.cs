using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Worker;

/// <summary>What happened outside since the run started may forbid its next phase (domain §2.4.2).</summary>
internal static class RunGates
{
    public static async Task<IReadOnlyList<Run>> CheckGatesAsync(this DeployHubDb db, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (runs.Count == 0) return [];

        var ids = runs.Select(run => run.DeploymentId).ToList();
        var deployments = await db.Deployments.AsNoTracking().Where(deployment => ids.Contains(deployment.Id)).ToListAsync(cancellationToken);
        var facts = await db.GateFactsAsync(deployments, at, cancellationToken);
        foreach (var run in runs)
        {
            var deployment = deployments.Single(candidate => candidate.Id == run.DeploymentId);
            var calendar = facts[deployment.Id].Calendar!;
            run.CheckedGates(StartGates.For(deployment, facts[deployment.Id], at), at, calendar.AllowedUntil(deployment, at));
            await db.UseExceptionsMidRunAsync(deployment.Id, calendar.PassingNow(deployment, at), at, cancellationToken);
        }

        return runs;
    }
}
