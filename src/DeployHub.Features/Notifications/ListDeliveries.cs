using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Every message that was sent or waits, by whatever channel, the newest first, a page at a time, with what came back.</summary>
/// <param name="Webhook">Key of the only webhook wanted.</param>
/// <param name="Mail">True for mails only.</param>
/// <param name="Status">The only state wanted.</param>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListDeliveries(string? Webhook = null, bool Mail = false, DeliveryStatus? Status = null, string? After = null, int? Limit = null) : IQuery<Result<Page<ListDeliveries.Row>>>
{
    /// <param name="Channel">Key of the webhook; <c>mail</c> for a mail, <c>slack</c> or <c>teams</c> for a person's own chat.</param>
    /// <param name="To">Name of the webhook, or of the person or the organisation's contact whom it is for.</param>
    /// <param name="IsForPerson">By mail, or to a chat of their own.</param>
    /// <param name="IsStopped">Its webhook is disabled, so it waits until that is enabled.</param>
    /// <param name="MessageId">By which the receiver recognises a message that comes twice.</param>
    /// <param name="DueAt">When it is sent next; null when it is settled.</param>
    /// <param name="Answer">What came back at the last try.</param>
    public sealed record Row(
        Guid Id, long Number, string Channel, string To, bool IsStopped, string MessageId, string Type, string Subject, DateTimeOffset At, DeliveryStatus Status, int Tries,
        DateTimeOffset? TriedAt, DateTimeOffset? DueAt, string? Answer, bool IsForPerson);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListDeliveries, Result<Page<Row>>>
    {
        public async ValueTask<Result<Page<Row>>> Handle(ListDeliveries query, CancellationToken cancellationToken)
        {
            if (caller.RefusalOf(Permission.ManageSettings) is { } refusal) return refusal;

            var before = query.After is null ? long.MaxValue : long.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var deliveries = db.Deliveries.AsNoTracking()
                .Where(delivery => delivery.Number < before && (query.Status == null || delivery.Status == query.Status) && (!query.Mail || (delivery.WebhookId == null && delivery.Chat == null)));
            if (query.Webhook is { Length: > 0 } key)
            {
                var found = await db.WebhookAsync(key, cancellationToken);
                if (found.Error is { } missing) return missing;
                deliveries = deliveries.Where(delivery => delivery.WebhookId == found.Value.Id);
            }

            var rows = await deliveries.OrderByDescending(delivery => delivery.Number).Take(Page.Size(query.Limit) + 1).Select(delivery => new Found(
                delivery, db.Webhooks.FirstOrDefault(webhook => webhook.Id == delivery.WebhookId),
                db.Users.Where(person => person.Id == delivery.Person).Select(person => person.DisplayName).FirstOrDefault(),
                db.Organisations.FirstOrDefault(organisation => organisation.Id == delivery.OrganisationId)))
                .ToListAsync(cancellationToken);
            return Page.Of(rows.ConvertAll(Of), query.Limit, row => row.Number.ToString(CultureInfo.InvariantCulture));
        }

        private static Row Of(Found found) => new(
            found.Delivery.Id.Value, found.Delivery.Number, found.Webhook?.Key ?? ChannelOf(found.Delivery.Chat), found.To, found.Webhook?.DisabledAt is not null,
            found.Delivery.MessageId, found.Delivery.Type, found.Delivery.Subject, found.Delivery.At, found.Delivery.Status, found.Delivery.Tries, found.Delivery.TriedAt, found.Delivery.DueAt, found.Delivery.Answer,
            found.Webhook is null);

        private static string ChannelOf(WebhookKind? chat) => chat switch { WebhookKind.Slack => "slack", WebhookKind.Teams => "teams", _ => "mail" };

        private sealed record Found(Delivery Delivery, Webhook? Webhook, string? Person, Organisation? Organisation)
        {
            public string To => Webhook?.Name ?? Person ?? (Organisation is { } organisation ? $"{organisation.Contacts[Delivery.Contact!.Value - 1].Name} ({organisation.Name})" : "");
        }
    }
}
