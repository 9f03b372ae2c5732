using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

internal static class NotificationLookups
{
    public static async Task<Result<Webhook>> WebhookAsync(this DeployHubDb db, string key, CancellationToken cancellationToken) =>
        await db.Webhooks.SingleOrDefaultAsync(webhook => webhook.Key == key, cancellationToken) is { } webhook ? webhook : Error.NotFound("webhook", key);

    /// <summary>What a webhook is narrowed to has to be there.</summary>
    public static async Task<Error?> UnknownScopeAsync(this DeployHubDb db, string? service, string? environment, CancellationToken cancellationToken)
    {
        if (service is not null && !await db.Services.AnyAsync(known => known.Key == service, cancellationToken)) return InventoryErrors.Unknown("service", "Service", service);
        if (environment is not null && !await db.Environments.AnyAsync(known => known.Key == environment, cancellationToken)) return InventoryErrors.Unknown("environment", "Environment", environment);
        return null;
    }

    /// <summary>Whoever opens a notice of a publication has looked at it.</summary>
    public static Task<int> OpenPublicationsAsync(this DeployHubDb db, IReadOnlyList<HappeningId> told, Guid person, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.PublicationReaders
            .Where(reader => reader.Person == person && reader.OpenedAt == null && db.Happenings.Any(happening => told.Contains(happening.Id) && happening.ModelVersionId == reader.VersionId))
            .ExecuteUpdateAsync(set => set.SetProperty(reader => reader.OpenedAt, at), cancellationToken);
}
