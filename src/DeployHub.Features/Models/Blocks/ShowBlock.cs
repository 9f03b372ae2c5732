using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>One block of the step library and all its versions, newest first.</summary>
public sealed record ShowBlock(string Key) : IQuery<Result<ShowBlock.View>>
{
    /// <param name="Version">Number of the version that was published last; of the newest while none was.</param>
    /// <param name="Open">Number of the version that is a draft; null when none is.</param>
    /// <param name="RowVersion">What an import sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Key, string Name, string Purpose, DateTimeOffset CreatedAt, int Version, int? Open, IReadOnlyList<Edition> Versions, [property: JsonIgnore] uint RowVersion);

    public sealed record Edition(int Number, BlockVersionStatus Status, Digest Digest, string? PublishedBy, DateTimeOffset? PublishedAt, string ReleaseNote);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowBlock, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowBlock query, CancellationToken cancellationToken)
        {
            var found = await db.Blocks.Where(block => block.Key == query.Key).AsNoTracking()
                .Select(block => new { Block = block, RowVersion = EF.Property<uint>(block, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return BlockErrors.NotFound(query.Key);

            var block = found.Block;
            var editions = (await db.BlockVersions.Where(version => version.BlockId == block.Id).OrderByDescending(version => version.Number)
                .Select(version => new { version.Number, version.Status, version.Digest, version.PublishedBy, version.PublishedAt, version.ReleaseNote }).ToListAsync(cancellationToken))
                .ConvertAll(version => new Edition(version.Number, version.Status, version.Digest, version.PublishedBy?.Name, version.PublishedAt, version.ReleaseNote));
            return new View(
                block.Key, block.Name, block.Purpose, block.CreatedAt, block.CurrentNumber > 0 ? block.CurrentNumber : editions[0].Number,
                editions.Find(edition => edition.Status is BlockVersionStatus.Draft)?.Number, editions, found.RowVersion);
        }
    }
}
