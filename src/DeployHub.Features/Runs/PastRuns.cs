using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What past runs took, stage by stage.</summary>
internal static class PastRuns
{
    private const int MostRuns = 20;

    private sealed record StageTook(Guid Run, int Targets, string Stage, double Seconds);

    /// <summary>The newest that succeeded; how long people looked into a halt says nothing about the next run.</summary>
    /// <param name="self">A run that does not count; none where nothing has started yet.</param>
    /// <param name="version">Of the model; null for any.</param>
    public static async Task<List<Projection.PastRun>> PastRunsAsync(
        this DeployHubDb db, Guid self, Guid environment, Guid model, Guid? version, CancellationToken cancellationToken)
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
