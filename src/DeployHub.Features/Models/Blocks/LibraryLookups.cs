using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>Reading a model's document with what it names of the library.</summary>
internal static class LibraryLookups
{
    /// <param name="slug">What the document must call its model; null for whatever it says.</param>
    public static async Task<ModelReading> ReadModelAsync(this DeployHubDb db, string text, string? slug, DocumentFormat format, CancellationToken cancellationToken) =>
        ModelDocument.Read(text, await db.LibraryAsync(LibraryNames.In(text, format), cancellationToken), slug, format);

    /// <summary>As much of the library as the names are about: a document that names nothing costs no question.</summary>
    public static async Task<Library> LibraryAsync(this DeployHubDb db, LibraryNames names, CancellationToken cancellationToken)
    {
        if (names is { Uses.Count: 0, Extends: null, NamesSecrets: false, AsksApprovals: false }) return Library.Empty;

        return new Library
        {
            Blocks = names.Uses.Count == 0 ? Library.Empty.Blocks : await db.KnownBlocksAsync([.. names.Blocks], cancellationToken),
            Models = names.Extends is null ? Library.Empty.Models : await db.KnownModelsAsync(names.Extended, cancellationToken),
            Secrets = await db.KnownSecretsAsync(cancellationToken),
            Policies = names.AsksApprovals || names.Extends is not null ? await db.TierPoliciesAsync(cancellationToken) : [],
        };
    }

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<KnownBlock>>> KnownBlocksAsync(this DeployHubDb db, IReadOnlyList<Pin> named, CancellationToken cancellationToken)
    {
        var all = await (from block in db.Blocks
                         join version in db.BlockVersions on block.Id equals version.BlockId
                         select new { block.Key, version.Number, version.Status }).ToListAsync(cancellationToken);
        var (keys, numbers) = (named.Select(pin => pin.Name).Distinct().ToList(), named.Select(pin => pin.Version).Distinct().ToList());
        var found = await (from block in db.Blocks
                           where keys.Contains(block.Key)
                           join version in db.BlockVersions on block.Id equals version.BlockId
                           where numbers.Contains(version.Number)
                           select new { block.Key, Version = version }).AsNoTracking().ToListAsync(cancellationToken);

        var contents = found.ToDictionary(one => new Pin(one.Key, one.Version.Number), one => one.Version);
        return all.GroupBy(one => one.Key).ToDictionary(
            block => block.Key,
            block => (IReadOnlyList<KnownBlock>)[.. block.OrderBy(one => one.Number).Select(one => contents.GetValueOrDefault(new Pin(one.Key, one.Number)) is { } version
                ? new KnownBlock(one.Number, one.Status, version.Said, version.History[^1].Reason)
                : new KnownBlock(one.Number, one.Status, null))]);
    }

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<KnownModel>>> KnownModelsAsync(this DeployHubDb db, Pin? named, CancellationToken cancellationToken)
    {
        var (slug, number) = (named?.Name, named?.Version);
        var all = await (from model in db.Models
                         where model.CurrentNumber > 0
                         join version in db.ModelVersions on model.Id equals version.ModelId
                         where version.Number == model.CurrentNumber || model.Slug == slug
                         select new { model.Slug, version.Number, version.Status }).ToListAsync(cancellationToken);
        var content = slug is null ? null : await db.VersionsOf(slug).AsNoTracking().SingleOrDefaultAsync(version => version.Number == number, cancellationToken);
        return all.GroupBy(one => one.Slug).ToDictionary(
            model => model.Key,
            model => (IReadOnlyList<KnownModel>)[.. model.OrderBy(one => one.Number).Select(one => content is not null && new Pin(one.Slug, one.Number) == named
                ? new KnownModel(one.Number, one.Status, content.Said, content.History[^1].Reason)
                : new KnownModel(one.Number, one.Status, null))]);
    }

    private static async Task<IReadOnlyList<TierPolicy>> TierPoliciesAsync(this DeployHubDb db, CancellationToken cancellationToken) =>
        [.. (await db.Environments.AsNoTracking().OrderBy(environment => environment.Order).ThenBy(environment => environment.Key).ToListAsync(cancellationToken))
            .Select(environment => new TierPolicy(environment.Name, environment.Tier, environment.Policy.MinimumApprovals))];

    /// <summary>Null while some worker has not told what it knows, or none is there.</summary>
    private static async Task<IReadOnlySet<string>?> KnownSecretsAsync(this DeployHubDb db, CancellationToken cancellationToken)
    {
        var told = (await db.Workers.AsNoTracking().ToListAsync(cancellationToken)).ConvertAll(worker => worker.Secrets);
        return told.Count == 0 || told.Contains(null) ? null : told.SelectMany(secrets => secrets!).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
