using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

internal static class PastRollbacks
{
    private const int MostRuns = 20;

    /// <summary>How long the newest rollbacks with any version of the model took in the environment.</summary>
    public static async Task<List<TimeSpan>> RollbacksAsync(this DeployHubDb db, EnvironmentId environment, ModelId model, CancellationToken cancellationToken)
    {
        var seconds = await db.Database.SqlQuery<double>(
            $"""
            select extract(epoch from max((phase.value ->> 'endedAt')::timestamptz) - min((phase.value ->> 'beganAt')::timestamptz))::float8 as "Value"
            from (
                select run.id, run.stages
                from runs run
                join deployments deployment on deployment.id = run.deployment_id
                join model_versions version on version.id = deployment.model_version_id
                where run.environment_id = {environment.Value} and run.status = 'RolledBack' and version.model_id = {model.Value}
                order by run.queued_at desc
                limit {MostRuns}) past
            cross join jsonb_array_elements(past.stages) stage
            cross join jsonb_array_elements(stage.value -> 'phases') phase
            where (phase.value ->> 'isRollback')::boolean and phase.value ->> 'endedAt' is not null
            group by past.id
            """).ToListAsync(cancellationToken);
        return [.. seconds.Select(TimeSpan.FromSeconds)];
    }
}
