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
        private const int MostRuns = 20;

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
                Projection.Of(await PastAsync(self, environment, model, version, cancellationToken), run.Plan.Targets.Count, stages, isMoving, clock.GetUtcNow());

            var view = await ByAsync(run.ModelId.Value, run.ModelVersionId.Value) is { } ofTheVersion
                ? new View(ofTheVersion, SameVersion: true)
                : new View(await ByAsync(run.ModelId.Value, null), SameVersion: false);
            return run.Slot is { } slot && isMoving
                ? view with { Slot = SlotForecast.Of(slot, view.Projection, await db.RollbacksAsync(run.EnvironmentId, run.ModelId, cancellationToken), clock.GetUtcNow()) }
                : view;
        }

        private sealed record StageTook(Guid Run, int Targets, string Stage, double Seconds);

        /// <summary>The newest that succeeded; how long people looked into a halt says nothing about the next run.</summary>
        private async Task<List<Projection.PastRun>> PastAsync(Guid self, Guid environment, Guid model, Guid? version, CancellationToken cancellationToken)
        {
            var took = await db.Database.SqlQuery<StageTook>(
                $"""
                select past.id as run, past.targets, stage.value ->> 'stage' as stage,
                  extract(epoch from (stage.value ->> 'endedAt')::timestamptz - (stage.value ->> 'beganAt')::timestamptz)::float8 as seconds
                from (
                    select run.id, run.stages, jsonb_array_length(deployment.plan -> 'targets') as targets
                    from runs run
                    join deployments deployment on deployment.id = run.deployment_id
                    join model_versions version on version.id = deployment.model_version_id
                    where run.environment_id = {environment} and run.status = 'Succeeded' and run.id <> {self} and run.halts = '[]'
                      and version.model_id = {model} and ({version}::uuid is null or version.id = {version})
                    order by run.queued_at desc
                    limit {MostRuns}) past
                cross join jsonb_array_elements(past.stages) stage
                where stage.value ->> 'endedAt' is not null
                """).ToListAsync(cancellationToken);
            return
            [
                .. took.GroupBy(stage => (stage.Run, stage.Targets)).Select(run => new Projection.PastRun(
                    run.Key.Targets, run.ToDictionary(stage => Enum.Parse<Stage>(stage.Stage), stage => TimeSpan.FromSeconds(stage.Seconds)))),
            ];
        }
    }
}
