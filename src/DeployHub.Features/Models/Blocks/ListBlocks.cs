using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>The step library: its blocks in order of their key, a page at a time.</summary>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListBlocks(string? After = null, int? Limit = null) : IQuery<Page<ListBlocks.Row>>
{
    /// <param name="Version">Number of the version that was published last; of the newest while none was.</param>
    /// <param name="Steps">How many steps it gives; 0 while its only version is a draft with errors.</param>
    public sealed record Row(string Key, string Name, string Purpose, int Version, BlockVersionStatus Status, int Steps, DateTimeOffset? PublishedAt);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListBlocks, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListBlocks query, CancellationToken cancellationToken)
        {
            var found = await (
                from block in db.Blocks
                where query.After == null || block.Key.CompareTo(query.After) > 0
                orderby block.Key
                join version in db.BlockVersions on block.Id equals version.BlockId
                where version.Number == (block.CurrentNumber > 0 ? block.CurrentNumber : block.LatestNumber)
                select new { Block = block, Version = version }).Take(Page.Size(query.Limit) + 1).AsNoTracking().ToListAsync(cancellationToken);

            return Page.Of([.. found.Select(row => Make(row.Block, row.Version))], query.Limit, row => row.Key);
        }

        private static Row Make(Block block, BlockVersion version) =>
            new(block.Key, block.Name, block.Purpose, version.Number, version.Status, version.Said?.Steps.Count ?? 0, version.PublishedAt);
    }
}
