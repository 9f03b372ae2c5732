using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Analysis;

/// <summary>
/// Steps of the newest live runs that succeeded. Each step is looked at on about as many subjects as are asked for: on one target of many runs, or on
/// many targets of few, because they are much alike and their documents are large. The attempt that succeeded is timed: how long people looked into the one
/// before says nothing about the step.
/// </summary>
internal static class SampledSteps
{
    /// <summary>Enough for the 85th percentile of a step.</summary>
    public const int ForTimings = 60;

    /// <summary>Enough to see 200 passes in a row (A-V14), too.</summary>
    public const int ForStreaks = 250;

    public static async Task<IReadOnlyList<StepLook>> SampleStepsAsync(this DeployHubDb db, IReadOnlyList<ModelVersionId> versions, int looks, CancellationToken cancellationToken)
    {
        var ids = versions.Select(version => version.Value).ToArray();
        var found = await db.Database.SqlQuery<Look>(
            $"""
            select past.id as run, past.queued_at as at, stage.name as stage, step.value ->> 'name' as step,
              starts_with(step.value #>> array['settings', 'kind'], 'check-') as is_check,
              extract(epoch from (step.value #>> array['attempts', '-1', 'endedAt'])::timestamptz
                - (step.value #>> array['attempts', '-1', 'beganAt'])::timestamptz)::float8 as seconds
            from (
                select newest.id, newest.queued_at, greatest(1, {looks} / count(*) over ()) as targets
                from (
                    select run.id, run.queued_at
                    from runs run
                    join deployments deployment on deployment.id = run.deployment_id
                    where deployment.model_version_id = any ({ids}) and run.is_live and run.status = 'Succeeded' and deployment.plan -> 'rehearsal' is null
                    order by run.queued_at desc
                    limit {looks}) newest) past
            cross join unnest({Enum.GetNames<Stage>()}) stage (name)
            cross join lateral (
                select target_run.steps
                from target_runs target_run
                where target_run.run_id = past.id and target_run.stage = stage.name and target_run.status = 'Succeeded'
                order by target_run.ordinal
                limit past.targets) sampled
            cross join jsonb_array_elements(sampled.steps) with ordinality step (value, place)
            where step.value ->> 'status' = 'Succeeded' and step.value #>> array['attempts', '-1', 'endedAt'] is not null
            order by past.queued_at, stage.name, step.place
            """).ToListAsync(cancellationToken);
        return found.ConvertAll(look => new StepLook(look.Run, look.At, Enum.Parse<Stage>(look.Stage), look.Step, look.IsCheck, TimeSpan.FromSeconds(Math.Max(0, look.Seconds))));
    }

    private sealed record Look(Guid Run, DateTimeOffset At, string Stage, string Step, bool IsCheck, double Seconds);
}
