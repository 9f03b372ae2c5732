using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Reviewing;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Analysis;

/// <summary>What a worker does for models from time to time: it keeps their figures and makes their reviews when they are due.</summary>
public static class LookingAfterModels
{
    private const int TrendWindows = 13;
    private static readonly TimeSpan WindowSpan = TimeSpan.FromDays(28);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AtLeast = TimeSpan.FromDays(1);

    /// <summary>
    /// Takes a model that is due, or none: never looked at, not for a day, or not since a deployment with it came to its end. Whoever takes it has it
    /// for five minutes, so a model that cannot be analysed keeps nobody from the others; then it is tried again.
    /// </summary>
    public static async Task<ModelId?> TakeDueModelAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (paused, old) = (at - Pause, at - AtLeast);
        var taken = await db.Database.SqlQuery<Guid>(
            $"""
            with due as (
                select model.id
                from models model
                left join model_figures known on known.model_id = model.id
                where model.current_number > 0
                  and (known.model_id is null or known.looked_at < {old}
                    or (known.looked_at < {paused} and (known.figures is null or (known.figures ->> 'at')::timestamptz < known.looked_at - interval '1 second'))
                    or (known.looked_at < {paused} and exists (
                        select from deployments deployment join model_versions version on version.id = deployment.model_version_id
                        where version.model_id = model.id and deployment.completed_at > known.looked_at)))
                order by known.looked_at nulls first, model.id
                limit 1
                for no key update of model skip locked)
            insert into model_figures (model_id, looked_at) select due.id, {at} from due
            on conflict (model_id) do update set looked_at = excluded.looked_at
            returning model_id as "Value"
            """).ToListAsync(cancellationToken);
        return taken is [var id] ? new ModelId(id) : null;
    }

    /// <summary>Analyses the model and schedules what is due; the caller commits.</summary>
    public static async Task LookAfterModelAsync(this DeployHubDb db, ModelId model, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var slug = await db.Models.Where(known => known.Id == model).Select(known => known.Slug).SingleAsync(cancellationToken);
        var analysed = await db.FindAnalysedAsync(slug, [], at, cancellationToken);
        if (analysed.Error is null)
        {
            var (facts, measures) = (await db.ReadRecordsAsync(analysed.Value, cancellationToken))[0];
            var figures = await db.ModelFigures.SingleAsync(known => known.ModelId == model, cancellationToken);
            figures.Figures = new AnalysedFigures(
                at, facts.Version, facts.Runs.Count, measures.Success.Count, measures.Success.Of, measures.Duration.Median, Signals.Of(facts).Sum(answer => answer.Found.Count),
                await db.TrendAsync(model, at, cancellationToken));
        }

        await db.ScheduleDueReviewsAsync(model, slug, at, cancellationToken);
    }

    private static async Task<List<TrendWindow>> TrendAsync(this DeployHubDb db, ModelId model, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var from = at - (WindowSpan * TrendWindows);
        var counted = (await db.Database.SqlQuery<Counted>(
            $"""
            select floor(extract(epoch from deployment.completed_at - {from}) / {WindowSpan.TotalSeconds})::int as place, count(*)::int as "all",
              count(*) filter (where deployment.outcome in ('Succeeded', 'SucceededAfterIntervention'))::int as successes
            from deployments deployment
            join model_versions version on version.id = deployment.model_version_id
            where version.model_id = {model.Value} and deployment.completed_at >= {from} and deployment.completed_at < {at} and (deployment.plan ->> 'isLive')::boolean
              and deployment.plan -> 'rehearsal' is null and deployment.plan ->> 'reason' not in ('ModelRehearsal', 'Drill')
            group by 1
            """).ToListAsync(cancellationToken)).ToDictionary(window => window.Place);
        return [.. Enumerable.Range(0, TrendWindows).Select(place => counted.GetValueOrDefault(place)).Select(window => new TrendWindow(window?.Successes ?? 0, window?.All ?? 0))];
    }

    private sealed record Counted(int Place, int All, int Successes);
}
