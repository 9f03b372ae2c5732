using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>
/// Where a block is used, and in which of its versions: by versions of models that are published, suspended, or not published yet. Those that
/// extend a model which uses it use it through that one. In order of the models' slugs, a page at a time.
/// </summary>
/// <param name="After">What the page before said of the next one; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListBlockUses(string Key, string? After = null, int? Limit = null) : IQuery<Result<Page<ListBlockUses.Row>>>
{
    private static readonly ModelVersionStatus[] InUse =
        [ModelVersionStatus.Draft, ModelVersionStatus.InTest, ModelVersionStatus.Tested, ModelVersionStatus.Published, ModelVersionStatus.Suspended];

    /// <summary>One version of a model.</summary>
    /// <param name="BlockVersion">The version of the block that it names; the earliest where it names several.</param>
    /// <param name="Through">The model version that it extends and that names the block, such as <c>rolling-web-service@7</c>; null when it does so itself.</param>
    /// <param name="IsBehind">It names the block itself, and a later version is published.</param>
    public sealed record Row(string Model, string Name, int Version, ModelVersionStatus Status, int BlockVersion, string? Through, bool IsBehind);

    /// <summary>A version of a model and its text.</summary>
    private sealed record Written(string Model, string Name, int Version, ModelVersionStatus Status, string Yaml)
    {
        public Pin Pin => new(Model, Version);

        public int? VersionOf(string block) => LibraryNames.In(Yaml).Blocks.Where(use => use.Name == block).Select(use => (int?)use.Version).Min();
    }

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListBlockUses, Result<Page<Row>>>
    {
        public async ValueTask<Result<Page<Row>>> Handle(ListBlockUses query, CancellationToken cancellationToken)
        {
            if (!await db.Blocks.AnyAsync(block => block.Key == query.Key, cancellationToken)) return BlockErrors.NotFound(query.Key);

            var newest = await db.VersionsOfBlock(query.Key).Where(version => version.Status == BlockVersionStatus.Published).MaxAsync(version => (int?)version.Number, cancellationToken) ?? 0;
            var naming = (await Naming($"{query.Key}@").ToListAsync(cancellationToken))
                .Select(version => (Version: version, Block: version.VersionOf(query.Key))).Where(one => one.Block is not null).ToList();
            var through = naming.ToDictionary(one => one.Version.Pin, one => one.Block!.Value);
            var extending = naming.Count == 0 ? [] : (await Naming([.. through.Keys.Select(pin => pin.ToString())]).ToListAsync(cancellationToken)).FindAll(version => InUse.Contains(version.Status));

            var rows = naming.Where(one => InUse.Contains(one.Version.Status)).Select(one => RowOf(one.Version, one.Block!.Value, null, one.Block < newest))
                .Concat(from version in extending
                        let extended = LibraryNames.In(version.Yaml).Extended
                        where extended is not null && through.ContainsKey(extended.Value)
                        select RowOf(version, through[extended.Value], extended.Value.ToString(), false));
            var rest = rows.OrderBy(CursorOf, StringComparer.Ordinal).Where(row => query.After is null || string.CompareOrdinal(CursorOf(row), query.After) > 0);
            return Page.Of([.. rest.Take(Page.Size(query.Limit) + 1)], query.Limit, CursorOf);
        }

        /// <summary>Whose text may name one of these; the text itself tells whether it does.</summary>
        private IQueryable<Written> Naming(params string[] names) =>
            from model in db.Models
            join version in db.ModelVersions on model.Id equals version.ModelId
            where (version.PublishedAt != null || InUse.Contains(version.Status)) && names.Any(name => version.Yaml.Contains(name))
            select new Written(model.Slug, model.Name, version.Number, version.Status, version.Yaml);

        private static Row RowOf(Written version, int block, string? through, bool isBehind) => new(version.Model, version.Name, version.Version, version.Status, block, through, isBehind);

        private static string CursorOf(Row row) => string.Create(CultureInfo.InvariantCulture, $"{row.Model}@{row.Version:000000}");
    }
}
