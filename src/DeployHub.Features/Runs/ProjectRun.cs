using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>How long a run usually takes and how much of that is left, by the runs before it in its environment.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
public sealed record ProjectRun(string Run) : IQuery<Result<ProjectRun.View>>
{
    /// <param name="Projection">Null when too few runs went before to say anything.</param>
    /// <param name="SameVersion">They ran the same version of the model; otherwise another version of it.</param>
    /// <param name="Slot">Null without a slot, and while the run is not moving.</param>
    public sealed record View(Projection? Projection, bool SameVersion, SlotForecast? Slot = null);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ProjectRun, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ProjectRun query, CancellationToken cancellationToken)
        {
            var run = await (from known in db.Runs
                             where known.Name == query.Run
                             join deployment in db.Deployments on known.DeploymentId equals deployment.Id
                             join version in db.ModelVersions on deployment.ModelVersionId equals version.Id
                             select new { known.Id, known.EnvironmentId, known.Status, known.Stages, deployment.Plan, deployment.Slot, deployment.ModelVersionId, version.ModelId }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (run is null) return Error.NotFound("run", query.Run);

            var (self, environment) = (run.Id.Value, run.EnvironmentId.Value);
            var stages = run.Stages.Select(stage => new Projection.Progress(stage.Stage, stage.BeganAt, stage.EndedAt)).ToList();
            var isMoving = run.Status is RunStatus.Queued or RunStatus.Running or RunStatus.Waiting;
            async Task<Projection?> ByAsync(Guid model, Guid? version) =>
                Projection.Of(await db.PastRunsAsync(self, environment, model, version, cancellationToken), run.Plan.Targets.Count, stages, isMoving, clock.GetUtcNow());

            var view = await ByAsync(run.ModelId.Value, run.ModelVersionId.Value) is { } ofTheVersion
                ? new View(ofTheVersion, SameVersion: true)
                : new View(await ByAsync(run.ModelId.Value, null), SameVersion: false);
            return run.Slot is { } slot && isMoving
                ? view with { Slot = SlotForecast.Of(slot, view.Projection, await db.RollbacksAsync(run.EnvironmentId, run.ModelId, cancellationToken), clock.GetUtcNow()) }
                : view;
        }
    }
}
