using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeployHub.Worker.Notifications;

/// <summary>
/// Takes messages that are due, sends them and stores what came back. Every worker does, each message by one at a time: it is taken for as
/// long as sending may last, so a lost worker's messages are sent by another, under the same ids.
/// </summary>
internal sealed class DeliverMessages(IServiceScopeFactory scopes, IHttpClientFactory clients, SecretStore secrets, Masker masker, TimeProvider clock, ILogger<DeliverMessages> logger) : BackgroundService
{
    public const string Client = "webhooks";

    /// <summary>How long a receiver may think: it is to store the message and answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int AtOnce = 10;
    private const int KeptForMonths = 13; // domain §6.5
    private static readonly TimeSpan Lease = Patience * 4;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromDays(1);
    private DateTimeOffset _forgotAt;

    private sealed record Taken(DeliveryId Id, int Try, string Url, string Secret, WebhookMessage Message);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                while (await TurnAsync(stoppingToken) == AtOnce) { }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "Messages for webhooks could not be sent yet");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Answers how many were sent.</summary>
    private async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var taken = await TakeAsync(clock.GetUtcNow(), cancellationToken);
        await Task.WhenAll(taken.Select(message => SendAsync(message, cancellationToken)));
        return taken.Count;
    }

    private async Task<IReadOnlyList<Taken>> TakeAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await ForgetAsync(db, at, cancellationToken);
        if (!await db.Deliveries.AnyAsync(delivery => delivery.DueAt <= at, cancellationToken)) return [];

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = await db.Deliveries.FromSql(
            $"""
            select d.*, d.xmin from webhook_deliveries d
            where d.due_at <= {at} and exists (select from webhooks w where w.id = d.webhook_id and w.disabled_at is null)
            order by d.due_at limit {AtOnce} for update skip locked
            """).ToListAsync(cancellationToken);
        var ids = due.Select(delivery => delivery.WebhookId).Distinct().ToList();
        var webhooks = await db.Webhooks.Where(webhook => ids.Contains(webhook.Id)).ToDictionaryAsync(webhook => webhook.Id, cancellationToken);
        foreach (var delivery in due) delivery.Take(Lease, at);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. due.Select(delivery => new Taken(delivery.Id, delivery.Tries, webhooks[delivery.WebhookId].Url, webhooks[delivery.WebhookId].Secret, new WebhookMessage(delivery.MessageId, at, delivery.Body)))];
    }

    private async Task SendAsync(Taken taken, CancellationToken cancellationToken)
    {
        var (status, answer) = await AnswerAsync(taken, cancellationToken);
        for (var isStored = false; !isStored;) isStored = await SettleAsync(taken, status, answer, cancellationToken);
    }

    private async Task<(int? Status, string Answer)> AnswerAsync(Taken taken, CancellationToken cancellationToken)
    {
        if (await secrets.FindAsync(taken.Secret, cancellationToken) is not { } secret) return (null, $"Not sent: this worker knows no secret named “{taken.Secret}”.");

        using var request = taken.Message.Signed(taken.Url, secret);
        if (request is null) return (null, $"Not sent: the secret “{taken.Secret}” is no key in base64, such as whsec_….");

        var answer = await HttpAnswer.GetAsync(clients.CreateClient(Client), request, cancellationToken);
        return (answer.Status, masker.Mask(answer.Summary));
    }

    /// <summary>False when somebody changed the webhook or the message at the same instant.</summary>
    private async Task<bool> SettleAsync(Taken taken, int? status, string answer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await db.Deliveries.FindAsync([taken.Id], cancellationToken) is not { } delivery || delivery.Tries != taken.Try || delivery.DueAt is null) return true; // somebody else has it by now

        delivery.Settle((await db.Webhooks.FindAsync([delivery.WebhookId], cancellationToken))!, status, answer, clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private async Task ForgetAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (at - _forgotAt < ForgetEvery) return;

        _forgotAt = at;
        var since = at.AddMonths(-KeptForMonths);
        await db.Deliveries.Where(delivery => delivery.At < since).ExecuteDeleteAsync(cancellationToken);
    }
}
