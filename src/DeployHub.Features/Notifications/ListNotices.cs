using System.Globalization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>What the caller was told, the newest first, a page at a time.</summary>
/// <param name="Unread">True for what they have not opened.</param>
/// <param name="Class">The only class wanted.</param>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListNotices(bool Unread = false, NoticeClass? Class = null, string? After = null, int? Limit = null) : IQuery<Page<ListNotices.Row>>
{
    /// <param name="Path">The page that shows it.</param>
    /// <param name="ReadAt">Null while they have not opened it.</param>
    public sealed record Row(long Number, string Type, NoticeClass Class, string Subject, string Sentence, string Path, DateTimeOffset At, DateTimeOffset? ReadAt);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListNotices, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListNotices query, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person || !caller.May(Permission.ViewDeployments)) return new Page<Row>([], null);

            var before = query.After is null ? long.MaxValue : long.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var rows = await db.Notices.AsNoTracking()
                .Where(notice => notice.Person == person && notice.Number < before && (!query.Unread || notice.ReadAt == null) && (query.Class == null || notice.Class == query.Class))
                .OrderByDescending(notice => notice.Number)
                .Select(notice => new Row(notice.Number, notice.Type, notice.Class, notice.Subject, notice.Sentence, notice.Path, notice.At, notice.ReadAt))
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            return Page.Of(rows, query.Limit, row => row.Number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
