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
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    public static async Task TellOfModelAsync(this DeployHubDb db, string type, string slug, ModelVersion version, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var moved = version.History[^1];
        var body = JsonSerializer.Serialize(new
        {
            type,
            timestamp = at.UtcDateTime,
            data = new
            {
                model = slug,
                version = version.Number,
                digest = version.Digest.ToString(),
                by = moved.By.Name,
                changeReference = version.Publication?.ChangeReference,
                sentence = moved.Reason,
                path = $"/models/{slug}/versions/{version.Number}",
            },
        });
        var webhooks = await db.Webhooks.Where(webhook => webhook.DisabledAt == null && webhook.Environment == null).ToListAsync(cancellationToken);
        foreach (var webhook in webhooks.Where(webhook => webhook.Events.Contains(type) && Covers(version.Content, webhook.Service)))
            db.Deliveries.Add(Delivery.Of(webhook, type, $"{slug} v{version.Number}", body, at));
    }

    private static bool Covers(ModelContent model, string? service) => service is null || model.AppliesTo.Services.Count == 0 || model.AppliesTo.Services.Contains(service);
}
