using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Insights;

/// <summary>What the figures of the practice count, said once (domain MR-1, M2).</summary>
internal static class CountedDeployments
{
    /// <summary>Submitted for live environments, whatever became of it: no rehearsal and no drill.</summary>
    /// <param name="withStandard">Standard changes too; those that start by themselves live for seconds.</param>
    public static IQueryable<Deployment> LiveDemand(this DeployHubDb db, bool withStandard) =>
        from deployment in db.Deployments.FromSql(
            $"select d.*, d.xmin from deployments d where d.plan ->> 'rehearsal' is null and coalesce(d.plan ->> 'reason', '') not in ('ModelRehearsal', 'Drill') and ({withStandard} or d.plan ->> 'category' <> 'Standard')")
        where deployment.SubmittedAt != null && db.Environments.Any(environment => environment.Id == deployment.EnvironmentId && environment.IsLive)
        select deployment;

    /// <summary>Completed on live environments: no rehearsal and no drill, wherever that was.</summary>
    public static IQueryable<Deployment> CompletedLive(this DeployHubDb db) =>
        from deployment in db.Deployments.FromSql(
            $"select d.*, d.xmin from deployments d where d.plan ->> 'rehearsal' is null and coalesce(d.plan ->> 'reason', '') not in ('ModelRehearsal', 'Drill')")
        where deployment.CompletedAt != null && deployment.Outcome != null && db.Environments.Any(environment => environment.Id == deployment.EnvironmentId && environment.IsLive)
        select deployment;

    /// <summary>Changes on live environments that no run explains; what never was one is none.</summary>
    public static IQueryable<UnmanagedDeployment> UnexplainedLive(this DeployHubDb db, DateTimeOffset from) =>
        from unmanaged in db.UnmanagedDeployments
        where unmanaged.SeenAt >= @from && unmanaged.Status != UnmanagedStatus.ExplainedByRun && unmanaged.Status != UnmanagedStatus.FalsePositive
            && db.Environments.Any(environment => environment.Id == unmanaged.EnvironmentId && environment.IsLive)
        select unmanaged;
}
