using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Improving;

/// <summary>One improvement: what it rests on, what was decided, and what came of it as far as it can be computed.</summary>
public sealed record ShowImprovement(string Number) : IQuery<Result<ShowImprovement.View>>
{
    /// <param name="MergedInto">Number of the one that it goes on as.</param>
    /// <param name="Merged">Numbers of those that go on as this one.</param>
    /// <param name="VersionStatus">Of the version in which it is written.</param>
    /// <param name="TaskLink">The address of the task that is done instead of writing a version.</param>
    /// <param name="Figures">What its model's metrics are now, of the last 90 days, while it is assessed: one of them becomes the baseline.</param>
    /// <param name="After">The metric since its delivery; null before, and while no live deployment was completed.</param>
    /// <param name="Deployments">How many were completed since its delivery.</param>
    /// <param name="Suggested">What the figures say of it; null without an after-value.</param>
    /// <param name="Effect">Both figures, and what they tell, in words.</param>
    /// <param name="RowVersion">What a move sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        ListImprovements.Row Improvement, string Hypothesis, IReadOnlyList<EvidenceLink> Evidence, Assessment? Assessment, string? MergedInto, IReadOnlyList<string> Merged,
        ModelVersionStatus? VersionStatus, string? TaskLink, IReadOnlyList<Measurement> Figures, Measurement? After, int Deployments, EffectVerdict? Suggested, string? Effect,
        IReadOnlyList<ImprovementMove> History, [property: JsonIgnore] uint RowVersion);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowImprovement, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowImprovement query, CancellationToken cancellationToken)
        {
            var found = await db.Improvements.Where(known => known.Number == query.Number).AsNoTracking()
                .Select(known => new
                {
                    Improvement = known,
                    Into = db.Improvements.Where(other => other.Id == known.MergedInto).Select(other => other.Number).FirstOrDefault(),
                    RowVersion = EF.Property<uint>(known, "Version"),
                }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("improvement", query.Number);

            var (improvement, now) = (found.Improvement, clock.GetUtcNow());
            var row = (await ListImprovements.RowsAsync(db, db.Improvements.Where(known => known.Id == improvement.Id), now, cancellationToken)).Single();
            var merged = db.Improvements.Where(known => known.MergedInto == improvement.Id).Select(known => known.Number);
            var linked = await db.LinkedVersionAsync(improvement, cancellationToken);
            var figures = improvement.Status is ImprovementStatus.Assessed ? await db.MeasuredBeforeAsync(improvement.ModelId, now, cancellationToken) : [];
            var (after, deployments) = improvement.Evaluation is { } evaluation
                ? (evaluation.After, evaluation.After.Deployments)
                : await db.MeasuredAfterAsync(improvement, linked, now, cancellationToken);
            var effect = after is not null && improvement.Goal is { } goal ? new Effect(goal.Baseline, after) : null;
            return new View(
                row, improvement.Hypothesis, improvement.Evidence, improvement.Assessment, found.Into, await merged.Order().ToListAsync(cancellationToken), linked?.Status,
                improvement.TaskLink, figures, after, deployments, effect?.Suggested, effect?.ToString(), improvement.History, found.RowVersion);
        }
    }
}
