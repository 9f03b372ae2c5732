using System.Text.Json;
using DeployHub.Domain.Models;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Messages about models, stored with what they tell of.</summary>
internal static class ModelOutbox
{
    /// <summary>To every webhook that asks for it, unless it is for an environment or for a service that the model does not cover.</summary>
    public static async Task TellOfModelAsync(this DeployHubDb db, string slug, ModelVersion published, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new
        {
            type = EventTypes.ModelPublished,
            timestamp = at.UtcDateTime,
            data = new
            {
                model = slug,
                version = published.Number,
                digest = published.Digest.ToString(),
                by = published.PublishedBy!.Name,
                changeReference = published.Publication?.ChangeReference,
                sentence = published.ReleaseNote,
                path = $"/models/{slug}/versions/{published.Number}",
            },
        });
        var webhooks = await db.Webhooks.Where(webhook => webhook.DisabledAt == null && webhook.Environment == null).ToListAsync(cancellationToken);
        foreach (var webhook in webhooks.Where(webhook => webhook.Events.Contains(EventTypes.ModelPublished) && Covers(published.Content, webhook.Service)))
            db.Deliveries.Add(Delivery.Of(webhook, EventTypes.ModelPublished, $"{slug} v{published.Number}", body, at));
    }

    private static bool Covers(ModelContent model, string? service) => service is null || model.AppliesTo.Services.Count == 0 || model.AppliesTo.Services.Contains(service);
}
