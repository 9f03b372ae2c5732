using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Notifications;

/// <summary>People's own chats: each is a channel of its own, so that one that hangs keeps nobody else waiting.</summary>
internal sealed partial class DeliverMessages
{
    private const int ChatsAtOnce = 20;

    private static Task<List<Guid>> ChattingAsync(DeployHubDb db, IReadOnlyCollection<WebhookId> busy, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var underWay = busy.Select(channel => channel.Value).ToList();
        return db.Deliveries.Where(delivery => delivery.Chat != null && delivery.Person != null && delivery.DueAt <= at && !underWay.Contains(delivery.Person.Value))
            .GroupBy(delivery => delivery.Person!.Value).OrderBy(person => person.Min(delivery => delivery.DueAt)).Select(person => person.Key).Take(ChatsAtOnce).ToListAsync(cancellationToken);
    }

    private static async Task<IEnumerable<Taken>> TakeForChatAsync(DeployHubDb db, Guid person, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var due = await db.Deliveries.FromSql(
            $"""
            select d.*, d.xmin from deliveries d where d.person = {person} and d.chat is not null and d.due_at <= {at}
            order by case when d.type = any({First}) then 0 when d.type = any({Second}) then 1 else 2 end, d.due_at limit {AtOnce} for update skip locked
            """).ToListAsync(cancellationToken);
        return due.Select(delivery => Take(delivery, new WebhookId(person), delivery.Chat!.Value, "", "", at));
    }

    private async Task SendToChatAsync(Taken taken, Guid person, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var used = await db.PersonalChats.AsNoTracking().SingleOrDefaultAsync(known => known.Person == person, cancellationToken);
        var unwanted = (used, await MailReader.FindAsync(db, person, cancellationToken)) switch
        {
            (_, null) => "Not sent: the account is closed, or may see nothing any more.",
            (null, _) => "Not sent: they have named no chat any more.",
            _ when used.Kind != taken.Kind => "Not sent: they have named another chat since.",
            _ when !used.Wants(taken.Type) => "Not sent: by their choice, or because their chat took nothing before.",
            _ => await db.WhyOldNewsAsync(taken.Type, taken.Subject, clock.GetUtcNow(), cancellationToken),
        };
        var came = unwanted is null ? await AnswerAsync(used!, taken, cancellationToken) : new Came(null, unwanted);
        for (var isStored = false; !isStored;) isStored = await SettleChatAsync(taken, person, unwanted is null ? used : null, came, cancellationToken);
    }

    private async Task<Came> AnswerAsync(PersonalChat chat, Taken taken, CancellationToken cancellationToken)
    {
        if (seals.Open(chat.SealedAddress) is not { } address) return Unsent("the keys are gone that their chat’s address was encrypted with. They have to name it again.");

        masker.Hide(address);
        using var request = taken.Message.Unsigned(address);
        return request is null ? Unsent("what they named is no address.") : await PostAsync(request, cancellationToken);
    }

    /// <summary>False when somebody changed the message or the chat at the same instant.</summary>
    /// <param name="used">The chat as it was when the message was posted; null where it was not.</param>
    private async Task<bool> SettleChatAsync(Taken taken, Guid person, PersonalChat? used, Came came, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await HeldAsync(db, taken, cancellationToken) is not { } delivery) return true;

        if (used is null) delivery.GiveUp(came.Answer);
        else if (came.IsUnsent) delivery.LeaveUnsent(came.Answer, clock.GetUtcNow());
        else
        {
            var chat = await db.ChatOfAsync(person, cancellationToken);
            delivery.Settle(chat?.SealedAddress == used.SealedAddress ? chat : used, came.Status, came.Answer, clock.GetUtcNow(), came.Wait); // an answer says nothing about an address that was named meanwhile
        }

        return await IsStoredAsync(db, cancellationToken);
    }
}
