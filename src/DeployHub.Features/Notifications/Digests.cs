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
    /// <returns>How many people's notices were looked through.</returns>
    public static async Task<int> WriteDigestsAsync(this DeployHubDb db, bool sendsMail, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!sendsMail)
        {
            await db.Database.ExecuteSqlAsync($"update notices set digest_at = null where digest_at <= {at}", cancellationToken);
            return 0;
        }

        var people = await db.Notices.Where(notice => notice.DigestAt <= at).Select(notice => notice.Person).Distinct().OrderBy(person => person).Take(PeopleAtOnce)
            .ToListAsync(cancellationToken);
        var chosen = await db.NotificationChoices.AsNoTracking().Where(choices => people.Contains(choices.Person)).ToDictionaryAsync(choices => choices.Person, cancellationToken);
        foreach (var person in people)
        {
            var taken = await db.Database.SqlQuery<Taken>(
                $"""
                update notices set digest_at = null where person = {person} and digest_at <= {at}
                returning number, class, subject, sentence, path, read_at is null as is_unread
                """).ToListAsync(cancellationToken);
            var choices = chosen.GetValueOrDefault(person) ?? NotificationChoices.Of(person);
            var unread = taken.Where(notice => notice.IsUnread && choices.TimingOf(notice.Kind) is not MailTiming.Never)
                .OrderBy(notice => notice.Kind).ThenByDescending(notice => notice.Number).ToList();
            if (unread.Count == 0) continue;

            db.Deliveries.Add(Delivery.ByMail(person, EventTypes.DailyDigest, $"{at:yyyy-MM-dd}", TextOf(unread).ToJson(), at, choices.MailAt(at, passes: false)));
        }

        return people.Count;
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
