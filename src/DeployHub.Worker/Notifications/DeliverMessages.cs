using System.Collections.Concurrent;
using System.Threading.Channels;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeployHub.Worker.Notifications;

/// <summary>
/// Takes messages that are due, sends them and stores what came back. Every worker does, each message by one at a time: it is taken for as
/// long as sending may last, so a lost worker's messages are sent by another, under the same ids. A channel's next messages are taken when
/// its last ones have come to an end, so none waits for another. Before that it passes on what has happened, and writes the mails of the day.
/// </summary>
internal sealed partial class DeliverMessages(
    IServiceScopeFactory scopes, IHttpClientFactory clients, SecretStore secrets, ISealsSecrets seals, Masker masker, Mails mails, IConfiguration configuration, TimeProvider clock,
    ILogger<DeliverMessages> logger) : BackgroundService
{
    public const string Client = "webhooks";

    /// <summary>How long a receiver may think: it is to store the message and answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int AtOnce = 3; // for one channel, so that a slow receiver keeps nobody else waiting
    private const int KeptForMonths = 13; // domain §6.5
    private static readonly TimeSpan Lease = Patience * 4;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromDays(1);

    /// <summary>By webhook, or by the person whose own chat it is; the mail server is the one without an id.</summary>
    private readonly ConcurrentDictionary<WebhookId, Task> _underWay = [];
    private readonly Channel<bool> _ended = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private DateTimeOffset _forgotAt;

    /// <summary>Somebody waits for these, and for the others nobody does so much; the mail of the day comes last.</summary>
    private static readonly string[] First = [EventTypes.MailTest, EventTypes.ChatTest, .. OfClass(NoticeClass.Urgent)], Second = [.. OfClass(NoticeClass.Actionable)];

    private static WebhookId ByMail => default;

    /// <param name="Fence">Of this try.</param>
    private sealed record Taken(
        DeliveryId Id, WebhookId Channel, int Fence, WebhookKind Kind, string Url, string Secret, WebhookMessage Message, Guid? Person, string Type, DateTimeOffset At, bool IsChat)
    {
        /// <summary>What it is about, such as the number of a deployment.</summary>
        public required string Subject { get; init; }

        /// <summary>For a contact of an organisation.</summary>
        public bool IsLetter { get; init; }
    }

    /// <param name="IsUnsent">It lies with this worker and not with the receiver.</param>
    /// <param name="Wait">How long the receiver asks to be left alone.</param>
    private sealed record Came(int? Status, string Answer, bool IsUnsent = false, TimeSpan? Wait = null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PassOnAsync(stoppingToken);
                foreach (var messages in (await TakeAsync(clock.GetUtcNow(), stoppingToken)).ToLookup(taken => taken.Channel)) Start(messages, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "Messages could not be taken yet");
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await RestAsync(stoppingToken);
        }

        await Task.WhenAll(_underWay.Values);
    }

    /// <summary>Until something came to an end, or it is time to look again.</summary>
    private async Task RestAsync(CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(Every, clock);
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        try
        {
            await _ended.Reader.ReadAsync(rest.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Start(IGrouping<WebhookId, Taken> messages, CancellationToken stoppingToken)
    {
        var sending = new TaskCompletionSource();
        _underWay[messages.Key] = sending.Task;
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await Task.WhenAll(messages.Select(message => SendAsync(message, stoppingToken)));
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    logger.LogWarning(exception, "What came of messages could not be stored; they are sent again");
                }
                finally
                {
                    _underWay.TryRemove(messages.Key, out _);
                    sending.SetResult();
                    _ended.Writer.TryWrite(true); // more may wait for this one
                }
            },
            CancellationToken.None);
    }

    private async Task<IReadOnlyList<Taken>> TakeAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await ForgetAsync(db, at, cancellationToken);
        var busy = _underWay.Keys.ToList();
        var waiting = await db.Webhooks.Where(webhook => webhook.DisabledAt == null && !busy.Contains(webhook.Id) && db.Deliveries.Any(delivery => delivery.WebhookId == webhook.Id && delivery.DueAt <= at))
            .ToListAsync(cancellationToken);
        var isMailDue = !busy.Contains(ByMail) && await db.Deliveries.AnyAsync(delivery => delivery.WebhookId == null && delivery.Chat == null && delivery.DueAt <= at, cancellationToken);
        var chatting = await ChattingAsync(db, busy, at, cancellationToken);
        if (waiting.Count == 0 && !isMailDue && chatting.Count == 0) return [];

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = new List<Taken>();
        foreach (var webhook in waiting)
        {
            var due = await db.Deliveries.FromSql(
                $"select d.*, d.xmin from deliveries d where d.webhook_id = {webhook.Id.Value} and d.due_at <= {at} order by d.due_at limit {AtOnce} for update skip locked").ToListAsync(cancellationToken);
            taken.AddRange(due.Select(delivery => Take(delivery, webhook.Id, webhook.Kind, webhook.Url, webhook.Secret, at)));
        }

        if (isMailDue)
        {
            var due = await db.Deliveries.FromSql(
                $"""
                select d.*, d.xmin from deliveries d where d.webhook_id is null and d.chat is null and d.due_at <= {at}
                order by case when d.type = any({First}) then 0 when d.type = any({Second}) then 1 when d.type = {EventTypes.DailyDigest} then 3 else 2 end, d.due_at
                limit {AtOnce} for update skip locked
                """).ToListAsync(cancellationToken);
            taken.AddRange(due.Select(delivery => Take(delivery, ByMail, default, "", "", at)));
        }

        foreach (var person in chatting) taken.AddRange(await TakeForChatAsync(db, person, at, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken;
    }

    private static IEnumerable<string> OfClass(NoticeClass noticeClass) => EventTypes.All.Where(type => type.Class == noticeClass).Select(type => type.Name);

    private static Taken Take(Delivery delivery, WebhookId channel, WebhookKind kind, string url, string secret, DateTimeOffset at)
    {
        var fence = delivery.Take(Lease, at);
        return new Taken(
            delivery.Id, channel, fence, kind, url, secret, new WebhookMessage(delivery.MessageId, at, delivery.Body), delivery.Person, delivery.Type, delivery.At, delivery.Chat is not null)
        {
            Subject = delivery.Subject,
            IsLetter = delivery.OrganisationId is not null,
        };
    }

    /// <summary>One that cannot be written or posted as it is, is tried a few times and then set aside; the others do not wait for it.</summary>
    private async Task SendAsync(Taken taken, CancellationToken cancellationToken)
    {
        try
        {
            await (taken switch
            {
                { Person: { } person, IsChat: true } => SendToChatAsync(taken, person, cancellationToken),
                { Person: { } person } => SendMailAsync(taken, person, cancellationToken),
                { IsLetter: true } => SendLetterAsync(taken, cancellationToken),
                _ => SendToWebhookAsync(taken, cancellationToken),
            });
        }
        catch (Exception trouble) when (trouble is not DbUpdateConcurrencyException && !cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(trouble, "{Type} of {Subject} could not be sent as it is", taken.Type, taken.Subject);
            for (var isStored = false; !isStored;) isStored = await LeaveUnwrittenAsync(taken, mails.Shown($"It could not be written: {trouble.GetBaseException().Message}"), cancellationToken);
        }
    }

    private async Task SendToWebhookAsync(Taken taken, CancellationToken cancellationToken)
    {
        var came = await AnswerAsync(taken, cancellationToken);
        for (var isStored = false; !isStored;) isStored = await SettleAsync(taken, came, cancellationToken);
    }

    /// <summary>False when somebody changed the message at the same instant.</summary>
    private async Task<bool> LeaveUnwrittenAsync(Taken taken, string because, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await HeldAsync(db, taken, cancellationToken) is not { } delivery) return true;

        delivery.LeaveUnwritten(because, clock.GetUtcNow());
        return await IsStoredAsync(db, cancellationToken);
    }

    /// <summary>Null where somebody else has it by now, or asked for it anew: what came of this try counts no more.</summary>
    private static async Task<Delivery?> HeldAsync(DeployHubDb db, Taken taken, CancellationToken cancellationToken) =>
        await db.Deliveries.FindAsync([taken.Id], cancellationToken) is { } delivery && delivery.IsHeldBy(taken.Fence) ? delivery : null;

    private async Task<Came> AnswerAsync(Taken taken, CancellationToken cancellationToken)
    {
        if (await secrets.FindAsync(taken.Secret, cancellationToken) is not { } secret) return Unsent($"this worker knows no secret named “{taken.Secret}”.");

        using var request = taken.Kind is WebhookKind.Program ? taken.Message.Signed(taken.Url, secret) : taken.Message.Unsigned(secret);
        if (request is null && taken.Kind is not WebhookKind.Program) return Unsent($"the secret “{taken.Secret}” is no address that begins with https:// or http://.");
        if (request is null) return Unsent($"the secret “{taken.Secret}” is no key in base64, such as whsec_….");

        return await PostAsync(request, cancellationToken);
    }

    private async Task<Came> PostAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await HttpAnswer.GetAsync(clients.CreateClient(Client), request, cancellationToken);
        return new Came(answer.Status, masker.Mask(answer.Summary), Wait: answer.Status is 429 or 503 ? answer.RetryAfter(clock.GetUtcNow()) : null);
    }

    private static Came Unsent(string because) => new(null, $"Not sent: {because}", IsUnsent: true);

    /// <summary>False when somebody changed the webhook or the message at the same instant.</summary>
    private async Task<bool> SettleAsync(Taken taken, Came came, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await HeldAsync(db, taken, cancellationToken) is not { } delivery) return true;

        var (webhook, at) = ((await db.Webhooks.FindAsync([taken.Channel], cancellationToken))!, clock.GetUtcNow());
        var wasDisabled = webhook.DisabledAt is not null;
        if (came.IsUnsent) delivery.LeaveUnsent(came.Answer, at);
        else delivery.Settle(webhook, came.Status, came.Answer, at, came.Wait);
        if (!wasDisabled && webhook.DisabledAt is not null) db.Happenings.Add(Happening.OfDisabled(webhook, at));
        return await IsStoredAsync(db, cancellationToken);
    }

    private static async Task<bool> IsStoredAsync(DeployHubDb db, CancellationToken cancellationToken)
    {
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
        await db.Notices.Where(notice => notice.At < since).ExecuteDeleteAsync(cancellationToken);
        await db.Happenings.Where(happening => happening.At < since && happening.DueAt == null).ExecuteDeleteAsync(cancellationToken);
    }
}
