using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Forecasting;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Forecasting;

internal static class ForecastLookups
{
    private const int MostNamed = 3;

    /// <summary>Estimates the run that a plan would become, by the code that expands real ones; nothing is started or saved. Refused as the run would be.</summary>
    public static async Task<Result<PlanForecast>> ForecastAsync(this DeployHubDb db, Deployment deployment, ModelVersion model, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var expansion = await db.ExpansionOfAsync(deployment, model.Content, at, cancellationToken);
        if (expansion.Expand().Error is { } cannot) return cannot;

        var run = Run.Start(
            deployment.Id, deployment.RunCount + 1, $"{deployment.Number}/R{deployment.RunCount + 1}", deployment.EnvironmentId, deployment.Plan.IsLive,
            RunPreparation.VersionsOf(deployment.Plan), expansion, Actor.System, at);
        var measured = await MeasuredSteps.OfAsync(db, model.ModelId, deployment.EnvironmentId, cancellationToken);
        var simulation = new Simulation(run, measured, await db.Workers.AsNoTracking().ToListAsync(cancellationToken), at);
        var forecast = new PlanForecast(RunForecast.Of(simulation.Estimate, deployment.Slot, at), simulation.Eta().Sentence, measured.Runs, await db.RollbackProofAsync(model.Id, cancellationToken));
        await db.TakeBaselinesAsync([run], at, cancellationToken);
        return forecast with { NoWayBack = NoWayBack(model.Content.Rollback, expansion.WithoutWayBack(run), deployment.Plan.Rehearsal?.Case) };
    }

    /// <summary>The same for a plan that is not saved.</summary>
    public static Task<Result<PlanForecast>> ForecastAsync(this DeployHubDb db, BoundPlan plan, DateTimeOffset at, CancellationToken cancellationToken) => db.ForecastAsync(
        Deployment.Create("DEP-FORECAST", plan.Service, plan.Environment.Id, plan.Model.Id, "", "", plan.Plan, plan.Slot, Actor.System, at), plan.Model, at, cancellationToken);

    private static string? NoWayBack(RollbackDefinition rollback, IReadOnlyList<string> targets, RehearsalCase? rehearsed)
    {
        if (!rollback.IsPossible) return "Nothing leads back: if its run halts, it is tried again, fixed forward or given up.";
        if (targets.Count == 0) return null;

        var there = targets.Count > MostNamed + 1 ? $"{string.Join(", ", targets.Take(MostNamed))} and {targets.Count - MostNamed} other targets" : Words.List(targets);
        return $"No earlier version is known on {there}: if its run halts once it has touched {(targets.Count == 1 ? "that target" : "one of them")}, a rollback is refused, and it is tried again, fixed forward or given up instead."
            + (rehearsed is RehearsalCase.Rollback ? " Rehearse a normal pass there first: it leaves a version to return to." : "");
    }

    private static async Task<RollbackProof?> RollbackProofAsync(this DeployHubDb db, ModelVersionId model, CancellationToken cancellationToken)
    {
        var last = await (from deployment in db.Deployments
                          where deployment.ModelVersionId == model
                          join run in db.Runs on deployment.Id equals run.DeploymentId
                          where run.Status == RunStatus.RolledBack && run.EndedAt != null
                          orderby run.EndedAt descending
                          select new { run.Name, run.EndedAt, deployment.Plan }).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        return last is null ? null : new RollbackProof(last.Name, last.EndedAt!.Value, last.Plan.Environment, last.Plan.Rehearsal is not null);
    }
}
