using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Reviewing;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>
/// Reviews that are not closed, for whoever may hold them: those of deployments from the day on which they are owed, since people remember them best
/// then, and those of models once their day is over.
/// </summary>
internal static class ReviewsToHold
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (!desk.Caller.May(Permission.HoldReviews)) return [];

        var today = desk.Today;
        var open = await (from review in desk.Db.Reviews
                          where review.Status != ReviewStatus.Closed && (review.Kind == ReviewKind.DeploymentReview || review.DueOn < today)
                          join model in desk.Db.Models on review.ModelId equals model.Id
                          orderby review.DueOn, review.Number
                          select new
                          {
                              review.Number,
                              model.Name,
                              review.Occasion,
                              review.Status,
                              review.DueOn,
                              Deployment = desk.Db.Deployments.Where(deployment => deployment.Id == review.DeploymentId).Select(deployment => deployment.Number).FirstOrDefault(),
                          }).Take(Desk.Most).ToListAsync(cancellationToken);
        return open.Select(review => new InboxItem(
            InboxKind.Review, review.Number, review.Name, Sentence(review.Deployment, review.Occasion, review.Status),
            new DateTimeOffset(review.DueOn.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero), $"/reviews/{review.Number}"));
    }

    private static string Sentence(string? deployment, string occasion, ReviewStatus status) =>
        deployment is null ? $"What records say waits for somebody to decide what follows: {occasion}"
        : status is ReviewStatus.Held ? $"The review of {deployment} is held and waits to be closed. {occasion}"
        : $"The review of {deployment} has to be held. {occasion}";
}
