using DeployHub.Domain;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>One mail with everything of the day that its reader has not seen yet.</summary>
public static class Digests
{
    private const int PeopleAtOnce = 50;
    private const int MostItems = 50;

    /// <summary>Of two workers the second waits for the first, and finds that nothing is left. The caller commits.</summary>
    /// <returns>How many mails there are.</returns>
    public static async Task<int> WriteDigestsAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var people = await db.Notices.Where(notice => notice.DigestAt <= at).Select(notice => notice.Person).Distinct().OrderBy(person => person).Take(PeopleAtOnce)
            .ToListAsync(cancellationToken);
        var written = 0;
        foreach (var person in people)
        {
            var taken = await db.Database.SqlQuery<Taken>(
                $"""
                update notices set digest_at = null where person = {person} and digest_at <= {at}
                returning number, class, subject, sentence, path, read_at is null as is_unread
                """).ToListAsync(cancellationToken);
            var unread = taken.Where(notice => notice.IsUnread).OrderBy(notice => Enum.Parse<NoticeClass>(notice.Class)).ThenByDescending(notice => notice.Number).ToList();
            if (unread.Count == 0) continue;

            db.Deliveries.Add(Delivery.ByMail(person, EventTypes.DailyDigest, $"{at:yyyy-MM-dd}", TextOf(unread).ToJson(), at, at));
            written++;
        }

        return written;
    }

    private static MailText TextOf(List<Taken> unread) => new(
        unread.Count == 1 ? "1 thing you have not seen yet" : $"{unread.Count} things you have not seen yet",
        unread.Count > MostItems ? [$"The {MostItems} that are most urgent; all of them stand among your notices."] : [], "/notices", null)
    {
        Items = [.. unread.Take(MostItems).Select(notice => new MailText.Item(notice.Subject, Words.Beginning(notice.Sentence, 300), notice.Path))],
    };

    private sealed record Taken(long Number, string Class, string Subject, string Sentence, string Path, bool IsUnread);
}
