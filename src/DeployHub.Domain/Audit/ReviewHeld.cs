using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Reviewing;

namespace DeployHub.Domain.Audit;

/// <summary>CC-9: what went wrong or past everybody is talked about in time (domain §2.1.2 A4).</summary>
public static class ReviewHeld
{
    /// <param name="heldAt">When its review was held; null while nobody has held one.</param>
    /// <param name="calendar">Says which days count.</param>
    public static Breach? Of(Outcome outcome, ChangeCategory category, DateTimeOffset completedAt, DateTimeOffset? heldAt, WorkingDays calendar, DateTimeOffset now)
    {
        if (ReviewCadence.OccasionOf(outcome, category) is not { } occasion) return null;

        var last = calendar.After(completedAt, Review.WorkingDays);
        var due = new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        if ((heldAt ?? now) < due) return null;

        var sentence = $"{occasion} It was over on {completedAt:yyyy-MM-dd}, and its review had to be held by {last:yyyy-MM-dd}.";
        return heldAt is { } at ? new Breach(due, sentence, new Mending(at, $"The review was held on {at:yyyy-MM-dd}, {Words.Of(at - due)} late.")) : new Breach(due, sentence);
    }
}
