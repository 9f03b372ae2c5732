using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Every message for a webhook, the newest first, a page at a time, with what came back.</summary>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListDeliveries(string Key, string? After = null, int? Limit = null) : IQuery<Result<Page<ListDeliveries.Row>>>
{
    /// <param name="MessageId">By which the receiver recognises a message that comes twice.</param>
    /// <param name="DueAt">When it is sent next; null when it is settled.</param>
    /// <param name="Answer">What came back at the last try.</param>
    public sealed record Row(
        Guid Id, long Number, string MessageId, string Type, string Subject, DateTimeOffset At, DeliveryStatus Status, int Tries, DateTimeOffset? TriedAt, DateTimeOffset? DueAt, string? Answer);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListDeliveries, Result<Page<Row>>>
    {
        public async ValueTask<Result<Page<Row>>> Handle(ListDeliveries query, CancellationToken cancellationToken)
        {
            var found = await db.WebhookAsync(query.Key, cancellationToken);
            if (found.Error is { } missing) return missing;

            var before = query.After is null ? long.MaxValue : long.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var rows = await db.Deliveries
                .Where(delivery => delivery.WebhookId == found.Value.Id && delivery.Number < before)
                .OrderByDescending(delivery => delivery.Number)
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            return Page.Of([.. rows.Select(Of)], query.Limit, row => row.Number.ToString(CultureInfo.InvariantCulture));
        }

        private static Row Of(Delivery delivery) => new(
            delivery.Id.Value, delivery.Number, delivery.MessageId, delivery.Type, delivery.Subject, delivery.At, delivery.Status, delivery.Tries, delivery.TriedAt, delivery.DueAt, delivery.Answer);
    }
}
