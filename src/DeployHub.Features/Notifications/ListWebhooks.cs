using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Webhooks in order of their key, a page at a time.</summary>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListWebhooks(string? After = null, int? Limit = null) : IQuery<Page<ListWebhooks.Row>>
{
    /// <param name="DisabledBecause">Null while it is told of what happens.</param>
    /// <param name="Waiting">How many messages wait for their receiver.</param>
    public sealed record Row(string Key, string Name, WebhookKind Kind, string Url, IReadOnlyList<string> Events, string? Service, string? Environment, string? DisabledBecause, int Waiting);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListWebhooks, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListWebhooks query, CancellationToken cancellationToken)
        {
            var rows = await db.Webhooks
                .Where(webhook => query.After == null || webhook.Key.CompareTo(query.After) > 0)
                .OrderBy(webhook => webhook.Key)
                .Select(webhook => new Row(webhook.Key, webhook.Name, webhook.Kind, webhook.Url, webhook.Events, webhook.Service, webhook.Environment, webhook.DisabledBecause,
                    db.Deliveries.Count(delivery => delivery.WebhookId == webhook.Id && delivery.Status == DeliveryStatus.Waiting)))
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            return Page.Of(rows, query.Limit, row => row.Key);
        }
    }
}
