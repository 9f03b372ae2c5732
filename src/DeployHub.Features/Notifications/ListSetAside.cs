using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>What happened and nobody could be told of, however often it was tried, the newest first, a page at a time, with what stands in its way.</summary>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListSetAside(string? After = null, int? Limit = null) : IQuery<Result<Page<ListSetAside.Row>>>
{
    /// <param name="At">When it happened.</param>
    /// <param name="SetAsideAt">Since when nobody tries any more.</param>
    public sealed record Row(long Number, string Type, string Subject, string Sentence, DateTimeOffset At, int Tries, DateTimeOffset SetAsideAt, string Trouble);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListSetAside, Result<Page<Row>>>
    {
        public async ValueTask<Result<Page<Row>>> Handle(ListSetAside query, CancellationToken cancellationToken)
        {
            if (caller.RefusalOf(Permission.ManageSettings) is { } refusal) return refusal;

            var before = query.After is null ? long.MaxValue : long.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var rows = await db.Happenings.Where(happening => happening.SetAsideAt != null && happening.Number < before).OrderByDescending(happening => happening.Number)
                .Take(Page.Size(query.Limit) + 1)
                .Select(happening => new Row( // column by column: what it says may be what cannot be read
                    happening.Number, happening.Type, happening.Subject, happening.Sentence, happening.At, happening.Tries, happening.SetAsideAt!.Value, happening.Trouble ?? ""))
                .ToListAsync(cancellationToken);
            return Page.Of(rows, query.Limit, row => row.Number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
