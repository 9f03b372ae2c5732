using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Estimating;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>How long the steps of a model took in the newest runs that succeeded, here and elsewhere.</summary>
internal sealed class MeasuredSteps
{
    private const int MostRuns = 10;

    /// <summary>Of one stage of one run; targets are much alike.</summary>
    private const int MostTargets = 20;

    private readonly ILookup<(Stage Stage, string Step, bool IsHere), TimeSpan> _took;
    private readonly Dictionary<(Stage, string), StepTime> _known = [];

    private MeasuredSteps(IReadOnlyList<Took> took)
    {
        _took = took.ToLookup(one => (Enum.Parse<Stage>(one.Stage), one.Step, one.IsHere), one => TimeSpan.FromSeconds(one.Seconds));
        Runs = took.Select(one => one.Run).Distinct().Count();
    }

    /// <summary>How many runs were measured.</summary>
    public int Runs { get; }

    public StepTime TimeOf(Stage stage, StepRun step) => _known.TryGetValue((stage, step.Name), out var known)
        ? known
        : _known[(stage, step.Name)] = StepTime.Of(step, [.. _took[(stage, step.Name, true)]], [.. _took[(stage, step.Name, false)]]);

    public static async Task<MeasuredSteps> OfAsync(DeployHubDb db, ModelId model, EnvironmentId environment, CancellationToken cancellationToken) => new(
        await db.Database.SqlQuery<Took>(
            $"""
            select past.id as run, stage.name as stage, step.value ->> 'name' as step, past.is_here,
              extract(epoch from (step.value #>> array['attempts', '-1', 'endedAt'])::timestamptz - (step.value #>> array['attempts', '0', 'beganAt'])::timestamptz)::float8 as seconds
            from (
                select numbered.id, numbered.is_here
                from (
                    select run.id, run.environment_id = {environment.Value} as is_here,
                      row_number() over (partition by run.environment_id = {environment.Value} order by run.queued_at desc) as place
                    from runs run
                    join deployments deployment on deployment.id = run.deployment_id
                    join model_versions version on version.id = deployment.model_version_id
                    where version.model_id = {model.Value} and run.status = 'Succeeded') numbered
                where numbered.place <= {MostRuns}) past
            cross join unnest({Enum.GetNames<Stage>()}) stage (name)
            cross join lateral (
                select target_run.steps
                from target_runs target_run
                where target_run.run_id = past.id and target_run.stage = stage.name and target_run.status = 'Succeeded'
                order by target_run.ordinal
                limit {MostTargets}) sampled
            cross join jsonb_array_elements(sampled.steps) step
            where step.value ->> 'status' = 'Succeeded' and step.value #>> array['attempts', '-1', 'endedAt'] is not null
            """).ToListAsync(cancellationToken));

    private sealed record Took(Guid Run, string Stage, string Step, bool IsHere, double Seconds);
}
