using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>One webhook.</summary>
public sealed record ShowWebhook(string Key) : IQuery<Result<ShowWebhook.View>>
{
    /// <param name="Secret">Name of a secret, never its value.</param>
    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Key, string Name, WebhookKind Kind, string Url, string Secret, IReadOnlyList<string> Events, string? Service, string? Environment, DateTimeOffset? DisabledAt, string? DisabledBecause,
        [property: JsonIgnore] uint RowVersion);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowWebhook, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowWebhook query, CancellationToken cancellationToken) =>
            await db.Webhooks.Where(webhook => webhook.Key == query.Key)
                .Select(webhook => new View(
                    webhook.Key, webhook.Name, webhook.Kind, webhook.Url, webhook.Secret, webhook.Events, webhook.Service, webhook.Environment, webhook.DisabledAt, webhook.DisabledBecause,
                    EF.Property<uint>(webhook, "Version")))
                .SingleOrDefaultAsync(cancellationToken) is { } view
                ? view
                : Error.NotFound("webhook", query.Key);
    }
}
