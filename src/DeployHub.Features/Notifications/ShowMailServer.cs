using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Features.Notifications;

/// <summary>By which mail server mails go, and how many wait for it.</summary>
public sealed record ShowMailServer : IQuery<Result<ShowMailServer.View>>
{
    /// <param name="Host">Empty where nobody named one.</param>
    /// <param name="Secret">Name of the secret that is the password, never its value.</param>
    /// <param name="IsConfigured">It comes from the configuration; naming another one here replaces it.</param>
    /// <param name="Waiting">How many mails it has not taken yet.</param>
    /// <param name="Muted">How many people get no mail because their mailbox took none.</param>
    /// <param name="NotPassedOn">How many things happened that nobody could be told of yet.</param>
    public sealed record View(
        string Host, int Port, MailTls Tls, string? User, string? Secret, string Sender, string SenderName, bool IsOn, bool IsConfigured, int Waiting, int Muted, int NotPassedOn);

    /// <summary>What happened is passed on within seconds; after this long something is in its way.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    internal sealed class Handler(DeployHubDb db, Caller caller, IConfiguration configuration, TimeProvider clock) : IQueryHandler<ShowMailServer, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowMailServer query, CancellationToken cancellationToken)
        {
            if (caller.RefusalOf(Permission.ManageSettings) is { } refusal) return refusal;

            var settings = await db.MailServerAsync(configuration, cancellationToken);
            var isStored = await db.MailSettings.AnyAsync(cancellationToken);
            var waiting = await db.Deliveries.CountAsync(delivery => delivery.WebhookId == null && delivery.Chat == null && delivery.Status == DeliveryStatus.Waiting && delivery.Tries > 0, cancellationToken);
            var muted = await db.NotificationChoices.CountAsync(choices => choices.RefusedAt != null, cancellationToken);
            var since = clock.GetUtcNow() - Late;
            var late = await db.Happenings.CountAsync(happening => happening.SetAsideAt != null || (happening.DueAt != null && happening.At < since), cancellationToken);
            return settings is null
                ? new View("", 587, MailTls.StartTls, null, null, "", "DeployHub", false, false, waiting, muted, late)
                : new View(
                    settings.Host, settings.Port, settings.Tls, settings.User, settings.Secret, settings.Sender, settings.SenderName, settings.IsOn, !isStored, waiting, muted, late);
        }
    }
}
