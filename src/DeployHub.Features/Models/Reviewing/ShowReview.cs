using DeployHub.Domain;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Improving;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Reviewing;

/// <summary>One review: why it is held and by when, who took part, the signals as they were, and what was said of each.</summary>
public sealed record ShowReview(string Number) : IQuery<Result<ShowReview.View>>
{
    /// <param name="PeriodFrom">From when on records were looked at, until it was held; null before.</param>
    /// <param name="CauseClass">Where the cause of the deployment's trouble lay; null before it is closed, and for a model's records.</param>
    /// <param name="MayClose">Each signal has a verdict.</param>
    /// <param name="Improvements">The newest ten that name it as evidence.</param>
    public sealed record View(
        ListReviews.Row Review, string ScheduledBy, DateTimeOffset ScheduledAt, string? HeldBy, IReadOnlyList<string> Participants, DateTimeOffset? PeriodFrom,
        IReadOnlyList<ReviewFinding> Findings, string Narrative, CauseClass? CauseClass, string? ClosedBy, bool MayClose, IReadOnlyList<RestingImprovement> Improvements);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowReview, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowReview query, CancellationToken cancellationToken)
        {
            if (await db.Reviews.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is not { } review)
                return ReviewErrors.NotFound(query.Number);

            var row = (await ListReviews.RowsAsync(db, db.Reviews.AsNoTracking().Where(known => known.Id == review.Id), clock.GetUtcNow(), cancellationToken)).Single();
            return new View(
                row, review.ScheduledBy.Name, review.ScheduledAt, review.HeldBy?.Name, [.. review.Participants.Select(participant => participant.Name)],
                review.PeriodFrom, review.Findings, review.Narrative, review.CauseClass, review.ClosedBy?.Name, review.Status is ReviewStatus.Held && row.Undecided == 0,
                await db.ImprovementsRestingOnAsync([review.Number], cancellationToken));
        }
    }
}
