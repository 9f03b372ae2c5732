using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Reviewing;

/// <summary>Reviews that are not closed, what is due first at the top, a page at a time; or those that are closed, the newest first.</summary>
/// <param name="Closed">True for those that are closed.</param>
/// <param name="Model">Slug of the only model wanted.</param>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListReviews(bool Closed = false, string? Model = null, string? After = null, int? Limit = null) : IQuery<Page<ListReviews.Row>>
{
    /// <param name="Deployment">Number of the deployment that is reviewed; null for a model's records.</param>
    /// <param name="IsOverdue">Its last day is over, and it is not closed.</param>
    /// <param name="Signals">How many were triggered when it was held; null before.</param>
    /// <param name="Undecided">How many of them have no verdict.</param>
    public sealed record Row(
        string Number, ReviewKind Kind, string Model, string ModelName, string? Deployment, string Occasion, ReviewStatus Status, DateOnly DueOn, bool IsOverdue, int? Signals,
        int Undecided, DateTimeOffset? HeldAt, DateTimeOffset? ClosedAt);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListReviews, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListReviews query, CancellationToken cancellationToken)
        {
            var reviews = db.Reviews.AsNoTracking();
            if (query.Model is { Length: > 0 } slug) reviews = reviews.Where(review => db.Models.Any(model => model.Id == review.ModelId && model.Slug == slug));
            var ordered = query.Closed ? Newest(reviews, query.After) : await DueFirstAsync(reviews, query.After, cancellationToken);
            return Page.Of(await RowsAsync(db, ordered.Take(Page.Size(query.Limit) + 1), clock.GetUtcNow(), cancellationToken), query.Limit, row => row.Number);
        }

        private static IQueryable<Review> Newest(IQueryable<Review> reviews, string? after) =>
            reviews.Where(review => review.Status == ReviewStatus.Closed && (after == null || review.Number.CompareTo(after) < 0)).OrderByDescending(review => review.Number);

        private async Task<IQueryable<Review>> DueFirstAsync(IQueryable<Review> reviews, string? after, CancellationToken cancellationToken)
        {
            var open = reviews.Where(review => review.Status != ReviewStatus.Closed).OrderBy(review => review.DueOn).ThenBy(review => review.Number);
            if (after is null) return open;

            var last = await db.Reviews.Where(review => review.Number == after).Select(review => (DateOnly?)review.DueOn).SingleOrDefaultAsync(cancellationToken)
                ?? DateOnly.MinValue;
            return open.Where(review => review.DueOn > last || (review.DueOn == last && review.Number.CompareTo(after) > 0));
        }
    }

    /// <summary>In the order that they have.</summary>
    internal static async Task<List<Row>> RowsAsync(DeployHubDb db, IQueryable<Review> reviews, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await reviews.Select(review => new
        {
            Review = review,
            Model = db.Models.Where(model => model.Id == review.ModelId).Select(model => new { model.Slug, model.Name }).First(),
            Deployment = db.Deployments.Where(deployment => deployment.Id == review.DeploymentId).Select(deployment => deployment.Number).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        return found.ConvertAll(row => Make(row.Review, row.Model.Slug, row.Model.Name, row.Deployment, now));
    }

    private static Row Make(Review review, string slug, string name, string? deployment, DateTimeOffset now) => new(
        review.Number, review.Kind, slug, name, deployment, review.Occasion, review.Status, review.DueOn, review.IsOverdueAt(now),
        review.HeldAt is null ? null : review.Findings.Count, review.Findings.Count(finding => finding.Given is null), review.HeldAt, review.ClosedAt);
}
