using DeployHub.Domain;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>One mail with everything of the day that its reader has not seen yet, and by then still wants.</summary>
public static class Digests
{
    private const int PeopleAtOnce = 50;
    private const int MostItems = 50;

    /// <summary>Of two workers the second waits for the first, and finds that nothing is left. The caller commits.</summary>
    /// <param name="sendsMail">A mail server is named; what happens while none is, is not sent later.</param>
    /// <param name="address">Under which people reach this DeployHub; null where nobody said.</param>
    /// <returns>How many people's notices were looked through.</returns>
    public static async Task<int> WriteDigestsAsync(this DeployHubDb db, bool sendsMail, DateTimeOffset at, CancellationToken cancellationToken, Uri? address = null)
    {
        if (!sendsMail && !await db.PersonalChats.AnyAsync(cancellationToken))
        {
            await db.Database.ExecuteSqlAsync($"update notices set digest_at = null where digest_at <= {at}", cancellationToken);
            return 0;
        }

        var people = await db.Notices.Where(notice => notice.DigestAt <= at).Select(notice => notice.Person).Distinct().OrderBy(person => person).Take(PeopleAtOnce)
            .ToListAsync(cancellationToken);
        var chosen = await db.NotificationChoices.AsNoTracking().Where(choices => people.Contains(choices.Person)).ToDictionaryAsync(choices => choices.Person, cancellationToken);
        var chats = await db.PersonalChats.AsNoTracking().Where(chat => people.Contains(chat.Person)).ToDictionaryAsync(chat => chat.Person, cancellationToken);
        foreach (var person in people)
        {
            var taken = await db.Database.SqlQuery<Taken>(
                $"""
                update notices set digest_at = null where person = {person} and digest_at <= {at}
                returning number, class, subject, sentence, path, read_at is null as is_unread
                """).ToListAsync(cancellationToken);
            var (choices, chat) = (chosen.GetValueOrDefault(person) ?? NotificationChoices.Of(person), chats.GetValueOrDefault(person));
            var unread = taken.Where(notice => notice.IsUnread).OrderBy(notice => notice.Kind).ThenByDescending(notice => notice.Number).ToList();
            var mailed = sendsMail ? unread.FindAll(notice => IsForDay(choices.TimingOf(notice.Kind), isOnlyChannel: chat is not { IsInUse: true })) : [];
            var posted = chat is null ? [] : unread.FindAll(notice => chat.TimingOf(notice.Kind) is MailTiming.OnceADay);
            var due = choices.MailAt(at, passes: false);
            if (mailed.Count > 0) db.Deliveries.Add(Delivery.ByMail(person, EventTypes.DailyDigest, $"{at:yyyy-MM-dd}", TextOf(mailed).ToJson(), at, due));
            if (posted.Count > 0) db.Deliveries.Add(Delivery.ByChat(chat!, EventTypes.DailyDigest, $"{at:yyyy-MM-dd}", MessageOf(chat!.Kind, posted, address), at, due));
        }

        return people.Count;
    }

    /// <summary>What waits for the day may wait because of the chat only: by mail it came at once then.</summary>
    private static bool IsForDay(MailTiming timing, bool isOnlyChannel) => isOnlyChannel ? timing is not MailTiming.Never : timing is MailTiming.OnceADay;

    private static string MessageOf(WebhookKind kind, List<Taken> unread, Uri? address)
    {
        var text = TextOf(unread);
        return ChatMessages.Of(
            kind, text.Subject, string.Join('\n', text.Lines.Concat(text.Items.Select(item => $"{item.Subject}: {item.Sentence}"))), address is null ? null : address.To("/notices"));
    }

    private static MailText TextOf(List<Taken> unread) => new(
        unread.Count == 1 ? "1 thing you have not seen yet" : $"{unread.Count} things you have not seen yet",
        unread.Count > MostItems ? [$"The {MostItems} that are most urgent; all of them stand among your notices."] : [], "/notices", null)
    {
        Items = [.. unread.Take(MostItems).Select(notice => new MailText.Item(notice.Subject, Words.Beginning(notice.Sentence, 300), notice.Path))],
    };

    private sealed record Taken(long Number, string Class, string Subject, string Sentence, string Path, bool IsUnread)
    {
        public NoticeClass Kind => Enum.Parse<NoticeClass>(Class);
    }
}
