using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>Organisations in order of their key, a page at a time.</summary>
/// <param name="Ended">Those that are ended instead of those that count.</param>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListOrganisations(bool Ended = false, string? After = null, int? Limit = null) : IQuery<Page<ListOrganisations.Row>>
{
    /// <param name="Agreements">Standing agreements that count now.</param>
    /// <param name="Freezes">Freezes of its own that are not over.</param>
    public sealed record Row(string Key, string Name, OrganisationKind Kind, int Contacts, int NoticeDays, SilencePolicy Silence, IReadOnlyList<string> Concerns, int Agreements, int Freezes);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListOrganisations, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListOrganisations query, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var found = await db.Organisations.AsNoTracking()
                .Where(organisation => query.Ended ? organisation.Ended != null : organisation.Ended == null)
                .Where(organisation => query.After == null || organisation.Key.CompareTo(query.After) > 0)
                .OrderBy(organisation => organisation.Key)
                .Take(Page.Size(query.Limit) + 1)
                .ToListAsync(cancellationToken);
            var rows = found.Select(organisation => new Row(
                organisation.Key, organisation.Name, organisation.Kind, organisation.PeopleNow().Count(), organisation.NoticeDays, organisation.Silence,
                [.. organisation.Concerns.Where(concern => concern.Ended is null).Select(concern => concern.InWords)],
                organisation.AgreementsAfter(at).Count(), organisation.FreezesAfter(at).Count())).ToList();
            return Page.Of(rows, query.Limit, row => row.Key);
        }
    }
}
