using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Improving;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Audit;

/// <summary>What came after a deployment: its review, the improvements that rest on it, and controls that did not hold.</summary>
public sealed record ShowAftermath(string Number) : IQuery<Result<ShowAftermath.View>>
{
    /// <param name="Review">Null while none is scheduled.</param>
    /// <param name="ReviewOwed">Why it has to be reviewed, where none is scheduled yet: a worker does that within minutes. Null where it need not be.</param>
    /// <param name="Improvements">The newest ten that name it, or its review, as evidence.</param>
    public sealed record View(ReviewOf? Review, string? ReviewOwed, IReadOnlyList<RestingImprovement> Improvements, IReadOnlyList<ListControlExceptions.Row> Exceptions);

    /// <param name="IsOverdue">Its last day is over, and it is not closed.</param>
    public sealed record ReviewOf(string Number, string Occasion, ReviewStatus Status, DateOnly DueOn, bool IsOverdue, DateTimeOffset? HeldAt);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowAftermath, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowAftermath query, CancellationToken cancellationToken)
        {
            if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", query.Number);

            var review = await db.Reviews.AsNoTracking().SingleOrDefaultAsync(known => known.DeploymentId == deployment.Id, cancellationToken);
            var exceptions = db.ControlExceptions.AsNoTracking().Where(exception => exception.DeploymentId == deployment.Id).OrderBy(exception => exception.Number);
            return new View(
                review is null ? null : new ReviewOf(review.Number, review.Occasion, review.Status, review.DueOn, review.IsOverdueAt(clock.GetUtcNow()), review.HeldAt),
                review is null ? Owed(deployment) : null, await db.ImprovementsRestingOnAsync([deployment.Number, .. review is null ? [] : new[] { review.Number }], cancellationToken),
                await ListControlExceptions.RowsAsync(db, exceptions, cancellationToken));
        }

        private static string? Owed(Deployment deployment) => deployment is { Outcome: { } outcome, Plan: { IsLive: true, Rehearsal: null, Reason: not (ReasonCode.ModelRehearsal or ReasonCode.Drill) } }
            ? ReviewCadence.OccasionOf(outcome, deployment.Plan.Category)
            : null;
    }
}
