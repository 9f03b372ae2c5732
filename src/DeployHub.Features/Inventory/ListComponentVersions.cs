using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Component versions, newest first, a page at a time, each with where it is.</summary>
/// <param name="Component">Only those of the component with this key.</param>
/// <param name="Digest">Only those with exactly this content.</param>
/// <param name="After">What the page before named as following; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListComponentVersions(string? Component = null, string? Digest = null, string? After = null, int? Limit = null)
    : IQuery<Result<Page<ListComponentVersions.Row>>>
{
    /// <param name="RecallReason">Null while it may be deployed.</param>
    public sealed record Row(
        string Component, string Label, Digest Digest, string RegisteredBy, DateTimeOffset RegisteredAt, DateTimeOffset? RecalledAt, string? RecallReason,
        IReadOnlyList<Sighting> Where);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListComponentVersions, Result<Page<Row>>>
    {
        public async ValueTask<Result<Page<Row>>> Handle(ListComponentVersions query, CancellationToken cancellationToken)
        {
            if (query.Digest is { } text && Domain.Digest.Parse(text).Error is { } malformed) return malformed;
            if (query.Component is { } only && !await db.Components.AnyAsync(component => component.Key == only, cancellationToken))
                return Error.NotFound("component", only);

            var rows = await RowsAsync(query, cancellationToken);
            var keys = rows.Select(row => row.Component).Distinct().ToArray();
            var where = (await Sightings.Of(db, db.Components.Where(component => keys.Contains(component.Key))).ToListAsync(cancellationToken))
                .ToLookup(sighting => (sighting.Component, sighting.Label));
            return Page.Of(
                rows.ConvertAll(row => row with { Where = [.. where[(row.Component, row.Label)]] }), query.Limit, row => $"{row.Component}@{row.Label}");
        }

        private async Task<List<Row>> RowsAsync(ListComponentVersions query, CancellationToken cancellationToken)
        {
            var versions =
                from version in db.ComponentVersions
                join component in db.Components on version.ComponentId equals component.Id
                select new { component.Key, Version = version };
            if (query.Component is { } key) versions = versions.Where(row => row.Key == key);
            if (query.Digest is { } text) versions = versions.Where(row => row.Version.Digest == Domain.Digest.Of(text));
            if (query.After is { } after)
            {
                var (lastKey, lastLabel) = Cursor(after);
                var last = versions.Where(row => row.Key == lastKey && row.Version.Label == lastLabel).Select(row => row.Version.RegisteredAt);
                versions = versions.Where(row => last.Any(at => row.Version.RegisteredAt < at
                    || (row.Version.RegisteredAt == at && (row.Key.CompareTo(lastKey) > 0 || (row.Key == lastKey && row.Version.Label.CompareTo(lastLabel) > 0)))));
            }

            var found = await versions
                .OrderByDescending(row => row.Version.RegisteredAt).ThenBy(row => row.Key).ThenBy(row => row.Version.Label)
                .Take(Page.Size(query.Limit) + 1)
                .AsNoTracking().ToListAsync(cancellationToken);
            return found.ConvertAll(row => new Row(
                row.Key, row.Version.Label, row.Version.Digest, row.Version.RegisteredBy.Name, row.Version.RegisteredAt,
                row.Version.RecalledAt, row.Version.RecallReason, []));
        }

        private static (string Component, string Label) Cursor(string after) =>
            after.Split('@', 2) is [var component, var label] ? (component, label) : (after, "");
    }
}
