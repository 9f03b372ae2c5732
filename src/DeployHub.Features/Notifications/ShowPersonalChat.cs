using DeployHub.Domain;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Which chat of the caller's own is told, about what, and whether it takes messages. Its address is shown to nobody.</summary>
public sealed record ShowPersonalChat : IQuery<Result<ShowPersonalChat.View>>
{
    /// <param name="Kind">Null while none is named.</param>
    /// <param name="WorksSince">When a message first arrived; before that nothing but tests is sent.</param>
    /// <param name="RefusedBecause">What came back when it took nothing; nothing is sent until it is tried anew. Null while messages are sent.</param>
    public sealed record View(
        WebhookKind? Kind, DateTimeOffset? NamedAt, DateTimeOffset? WorksSince, DateTimeOffset? RefusedAt, string? RefusedBecause, MailTiming Urgent, MailTiming Actionable, MailTiming Info,
        MailTiming Digest);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowPersonalChat, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowPersonalChat query, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;

            return await db.PersonalChats.AsNoTracking().SingleOrDefaultAsync(known => known.Person == person, cancellationToken) is { } chat
                ? new View(chat.Kind, chat.At, chat.WorksSince, chat.RefusedAt, chat.RefusedBecause, chat.Urgent, chat.Actionable, chat.Info, chat.Digest)
                : new View(null, null, null, null, null, MailTiming.AtOnce, MailTiming.AtOnce, MailTiming.Never, MailTiming.Never);
        }
    }
}
