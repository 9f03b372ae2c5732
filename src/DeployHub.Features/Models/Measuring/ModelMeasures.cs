using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Measuring;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Measuring;

/// <summary>
/// What came of the live deployments with a model that were completed in a window (domain MR-1, MR-2): rehearsals, drills and what was
/// cancelled are not among them, and one counts once however many runs it took (MR-9).
/// </summary>
/// <param name="Success">Succeeded, with or without somebody's help (M6).</param>
/// <param name="FirstTimeRight">Succeeded in the first run without anybody's help (M6).</param>
/// <param name="ChangeFailure">
/// Of those that touched a live target with software, data or configuration and took nothing away (D4): led back, fixed forward by another
/// deployment, or left in a state that nobody vouches for.
/// </param>
/// <param name="LeadTime">From the first submission to the verified end (M5).</param>
/// <param name="Duration">The time of all its runs together.</param>
/// <param name="Execute">The time of the Execute stage, of those that came through it.</param>
/// <param name="InProgress">Started before the end of the window and not completed by then; counted beside, never inside.</param>
public sealed record ModelMeasures(Proportion Success, Proportion FirstTimeRight, Proportion ChangeFailure, Timings LeadTime, Timings Duration, Timings Execute, int InProgress)
{
    /// <param name="versions">Only these; null for every version of the model.</param>
    /// <param name="from">The first moment of the window.</param>
    /// <param name="to">The first moment after it.</param>
    public static async Task<ModelMeasures> OfAsync(
        DeployHubDb db, ModelId model, IReadOnlyCollection<ModelVersionId>? versions, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (isAll, chosen) = (versions is null, (versions ?? []).Select(version => version.Value).ToArray());
        (from, to) = (from.ToUniversalTime(), to.ToUniversalTime());
        var found = await db.Database.SqlQuery<Counted>(
            $"""
            select deployment.outcome as came_to, deployment.run_count as runs, deployment.superseded_by is not null as is_superseded,
              deployment.completed_at < {to} as is_completed,
              extract(epoch from deployment.completed_at - coalesce(deployment.submitted_at, deployment.created_at))::float8 as lead_time,
              ran.duration, ran.execute,
              coalesce(deployment.plan ->> 'reason', '') <> 'Removal'
                and exists (select from jsonb_array_elements(deployment.plan -> 'versions') moved where moved.value ->> 'kind' in ('Software', 'Data', 'Configuration'))
                and exists (
                    select from runs run join target_runs target_run on target_run.run_id = run.id
                    where run.deployment_id = deployment.id and target_run.stage = 'Execute' and target_run.part = 'Work' and target_run.target_id is not null
                      and target_run.began_at is not null) as is_change
            from deployments deployment
            join model_versions version on version.id = deployment.model_version_id
            left join lateral (
                select sum(extract(epoch from run.ended_at - coalesce(run.started_at, run.queued_at)))::float8 as duration,
                  sum(extract(epoch from (stage.execute ->> 'endedAt')::timestamptz - (stage.execute ->> 'beganAt')::timestamptz))::float8 as execute
                from runs run cross join lateral (select run.stages -> {(int)Stage.Execute} as execute) stage
                where run.deployment_id = deployment.id) ran on true
            where version.model_id = {model.Value} and ({isAll} or version.id = any ({chosen}))
              and (deployment.plan ->> 'isLive')::boolean and deployment.plan ->> 'rehearsal' is null
              and coalesce(deployment.plan ->> 'reason', '') not in ('ModelRehearsal', 'Drill')
              and ((deployment.completed_at >= {from} and deployment.outcome is not null and deployment.completed_at < {to})
                or (deployment.started_at < {to} and coalesce(deployment.completed_at >= {to}, deployment.status not in ('Cancelled', 'Expired'))))
            """).ToListAsync(cancellationToken);
        return Of(found);
    }

    private static ModelMeasures Of(IReadOnlyList<Counted> found)
    {
        var completed = found.Where(one => one.IsCompleted is true).ToList();
        var changes = completed.FindAll(one => one.IsChange);
        return new ModelMeasures(
            new Proportion(completed.Count(one => one.HasSucceeded), completed.Count),
            new Proportion(completed.Count(one => one is { CameTo: nameof(Outcome.Succeeded), Runs: 1 }), completed.Count),
            new Proportion(changes.Count(one => one.HasFailed), changes.Count),
            TimesOf(completed, one => one.LeadTime), TimesOf(completed, one => one.Duration), TimesOf(completed, one => one.Execute),
            found.Count - completed.Count);
    }

    private static Timings TimesOf(IEnumerable<Counted> deployments, Func<Counted, double?> seconds) =>
        Timings.Of(deployments.Select(seconds).OfType<double>().Select(TimeSpan.FromSeconds));

    /// <summary>One deployment.</summary>
    /// <param name="IsCompleted">Within the window; null while it goes on.</param>
    /// <param name="IsChange">It counts for the change fail rate.</param>
    private sealed record Counted(string? CameTo, int Runs, bool IsSuperseded, bool? IsCompleted, double? LeadTime, double? Duration, double? Execute, bool IsChange)
    {
        public bool HasSucceeded => CameTo is nameof(Outcome.Succeeded) or nameof(Outcome.SucceededAfterIntervention);

        public bool HasFailed => IsSuperseded || CameTo is nameof(Outcome.RolledBack) or nameof(Outcome.RolledForward) or nameof(Outcome.Failed);
    }
}
