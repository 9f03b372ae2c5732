using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Who is qualified for what, the newest first, a page at a time.</summary>
/// <param name="Skill">The only one wanted.</param>
/// <param name="Email">Of the only person wanted.</param>
/// <param name="Ended">True shows those that were ended or are over, too.</param>
/// <param name="After">The last id of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListQualifications(string? Skill = null, string? Email = null, bool? Ended = null, Guid? After = null, int? Limit = null) : IQuery<Page<ListQualifications.Row>>
{
    /// <param name="Counts">It counts today.</param>
    /// <param name="EndedBy">Null while nobody ended it.</param>
    public sealed record Row(
        Guid Id, string Name, string Email, bool HasLeft, string Skill, string? Environment, DateOnly Since, DateOnly? Until, bool Counts, string Evidence, string Reason, string GivenBy, DateTimeOffset GivenAt,
        string? EndedBy, DateTimeOffset? EndedAt, string? EndReason);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListQualifications, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListQualifications query, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var held = db.Qualifications.AsNoTracking();
            if (query.Skill is { Length: > 0 } skill) held = held.Where(known => known.Skill == skill);
            if (query.Email is { Length: > 0 } email)
            {
                var holder = (await db.FindPersonAsync(email, cancellationToken))?.Id.ToString() ?? "";
                held = held.Where(known => known.Holder == holder);
            }

            if (query.Ended is not true)
            {
                var today = DateOnly.FromDateTime(at.UtcDateTime);
                held = held.Where(known => known.EndedAt == null && (known.Until == null || known.Until >= today));
            }

            if (query.After is { } after)
            {
                var last = QualificationId.From(after);
                var since = await db.Qualifications.Where(known => known.Id == last).Select(known => (DateTimeOffset?)known.GivenAt).SingleOrDefaultAsync(cancellationToken) ?? DateTimeOffset.MinValue;
                held = held.Where(known => known.GivenAt < since);
            }

            var found = await held.OrderByDescending(known => known.GivenAt).Take(Page.Size(query.Limit) + 1).ToListAsync(cancellationToken);
            return Page.Of(await RowsAsync(found, at, cancellationToken), query.Limit, row => row.Id.ToString());
        }

        private async Task<List<Row>> RowsAsync(List<Qualification> found, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var ids = found.Select(held => Guid.Parse(held.Holder)).Distinct().ToList();
            var people = await db.Users.AsNoTracking().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id.ToString(), cancellationToken);
            return found.ConvertAll(held => new Row(
                held.Id.Value, people[held.Holder].DisplayName, people[held.Holder].Email ?? "", people[held.Holder].IsClosed, held.Skill, held.Environment, held.Since, held.Until, held.Counts(at),
                held.Evidence, held.Reason, held.GivenBy.Name, held.GivenAt, held.EndedBy?.Name, held.EndedAt, held.EndReason));
        }
    }
}
