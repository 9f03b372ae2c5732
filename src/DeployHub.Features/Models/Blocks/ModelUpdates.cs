using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>What a model names by its version: a block of the step library, or the model that it extends.</summary>
public enum BuildingPart
{
    Block,
    Model,
}

/// <summary>Later versions of what a model names.</summary>
internal static class ModelUpdates
{
    /// <summary>The version whose text is looked at: the one that is being made, else the one in use, else the newest that was published.</summary>
    public static async Task<Result<(Model Model, ModelVersion Version)>> UpdatedVersionAsync(this DeployHubDb db, string slug, CancellationToken cancellationToken)
    {
        if (await db.Models.SingleOrDefaultAsync(model => model.Slug == slug, cancellationToken) is not { } model) return ModelErrors.NotFound(slug);

        var versions = await db.ModelVersions.Where(version => version.ModelId == model.Id).OrderByDescending(version => version.Number).ToListAsync(cancellationToken);
        return (model, versions.Find(version => version.IsOpen) ?? versions.Find(version => version.IsCurrent) ?? versions.Find(version => version.PublishedAt is not null) ?? versions[0]);
    }

    /// <summary>Each thing that the text names in an earlier version than the newest one that is published, with that one.</summary>
    public static async Task<IReadOnlyList<(BuildingPart Part, Pin From, Pin To)>> LaterAsync(this DeployHubDb db, LibraryNames names, CancellationToken cancellationToken)
    {
        var blocks = names.Blocks.GroupBy(pin => pin.Name).Select(same => new Pin(same.Key, same.Min(pin => pin.Version))).ToList();
        var keys = blocks.ConvertAll(pin => pin.Name);
        var newest = keys.Count == 0 ? [] : await (from block in db.Blocks
                                                   where keys.Contains(block.Key)
                                                   join version in db.BlockVersions on block.Id equals version.BlockId
                                                   where version.Status == BlockVersionStatus.Published
                                                   group version.Number by block.Key into numbers
                                                   select new { numbers.Key, Number = numbers.Max() }).ToDictionaryAsync(block => block.Key, block => block.Number, cancellationToken);

        var later = blocks.Where(pin => newest.GetValueOrDefault(pin.Name) > pin.Version).Select(pin => (BuildingPart.Block, pin, pin with { Version = newest[pin.Name] }));
        if (names.Extended is not { } extended) return [.. later];

        var published = await db.VersionsOf(extended.Name).Where(version => version.Status == ModelVersionStatus.Published).MaxAsync(version => (int?)version.Number, cancellationToken) ?? 0;
        return published > extended.Version ? [.. later, (BuildingPart.Model, extended, extended with { Version = published })] : [.. later];
    }
}
