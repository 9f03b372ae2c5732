using DeployHub.Domain;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>When the caller gets mails, and about what.</summary>
public sealed record ShowNotificationChoices : IQuery<Result<ShowNotificationChoices.View>>
{
    /// <param name="QuietFrom">By the clock of <paramref name="Zone"/>; null where no hour is quiet.</param>
    /// <param name="RefusedBecause">What the mail server said when it took no mail for them; none is sent until they choose anew. Null while mails are sent.</param>
    public sealed record View(
        MailTiming Urgent, MailTiming Actionable, MailTiming Info, MailTiming Digest, TimeOnly? QuietFrom, TimeOnly? QuietUntil, string Zone, DateTimeOffset? RefusedAt, string? RefusedBecause);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowNotificationChoices, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowNotificationChoices query, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;

            var chosen = await db.NotificationChoices.AsNoTracking().SingleOrDefaultAsync(known => known.Person == person, cancellationToken) ?? NotificationChoices.Of(person);
            return new View(
                chosen.Urgent, chosen.Actionable, chosen.Info, chosen.Digest, chosen.Quiet?.From, chosen.Quiet?.Until, chosen.Zone, chosen.RefusedAt, chosen.RefusedBecause);
        }
    }
}
