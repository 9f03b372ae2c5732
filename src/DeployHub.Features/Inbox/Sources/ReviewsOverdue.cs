using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Reviewing;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Reviews that are not closed though their day is over, for whoever may hold them.</summary>
internal static class ReviewsOverdue
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (!desk.Caller.May(Permission.HoldReviews)) return [];

        var today = desk.Today;
        var overdue = await (from review in desk.Db.Reviews
                             where review.Status != ReviewStatus.Closed && review.DueOn < today
                             join model in desk.Db.Models on review.ModelId equals model.Id
                             orderby review.DueOn, review.Number
                             select new { review.Number, model.Name, review.Occasion, review.DueOn }).Take(Desk.Most).ToListAsync(cancellationToken);
        return overdue.Select(review => new InboxItem(
            InboxKind.Review, review.Number, review.Name, $"What records say waits for somebody to decide what follows: {review.Occasion}",
            new DateTimeOffset(review.DueOn.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero), $"/reviews/{review.Number}"));
    }
}
