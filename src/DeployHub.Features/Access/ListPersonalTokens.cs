using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Tokens of people, the newest first, a page at a time: one's own, or as an administrator everybody's. What they are is known to nobody any more.</summary>
/// <param name="After">The cursor of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListPersonalTokens(bool OfEverybody = false, string? After = null, int? Limit = null) : IQuery<Result<Page<ListPersonalTokens.Row>>>
{
    /// <param name="Owner">Who programs act as.</param>
    /// <param name="IsValid">It lets programs in now.</param>
    public sealed record Row(
        Guid Id, string Name, string Owner, TokenScope Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt,
        string? RevokedBy, DateTimeOffset? RevokedAt, bool IsValid);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ListPersonalTokens, Result<Page<Row>>>
    {
        public async ValueTask<Result<Page<Row>>> Handle(ListPersonalTokens query, CancellationToken cancellationToken)
        {
            if (query.OfEverybody && caller.RefusalOf(Permission.ManageAccess) is { } refusal) return refusal;

            var before = BeforeOf(query.After);
            var tokens = await db.PersonalTokens.AsNoTracking()
                .Where(token => (query.OfEverybody || token.Holder == caller.Actor.Id) && token.CreatedAt < before)
                .OrderByDescending(token => token.CreatedAt)
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            return Page.Of(await RowsAsync(tokens, cancellationToken), query.Limit, row => row.CreatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture));
        }

        private static DateTimeOffset BeforeOf(string? after) =>
            long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
                ? new(ticks, TimeSpan.Zero)
                : DateTimeOffset.MaxValue;

        private async Task<List<Row>> RowsAsync(List<PersonalToken> tokens, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var ids = tokens.Select(token => Guid.Parse(token.Holder)).Distinct().ToList();
            var owners = await db.Users.AsNoTracking().Where(person => ids.Contains(person.Id))
                .Select(person => new { person.Id, person.DisplayName, IsOpen = person.LockoutEnd == null || person.LockoutEnd < now })
                .ToDictionaryAsync(person => person.Id.ToString(), cancellationToken);
            return
            [
                .. from token in tokens
                   let owner = owners[token.Holder]
                   select new Row(
                       token.Id.Value, token.Name, owner.DisplayName, token.Scope, token.CreatedAt, token.ExpiresAt, token.LastUsedAt,
                       token.RevokedBy?.Name, token.RevokedAt, token.IsValid(now) && owner.IsOpen),
            ];
        }
    }
}
