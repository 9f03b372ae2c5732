using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>The connected change tools in the order of their keys; the first that a reference fits is asked about it.</summary>
public sealed record ListChangeTools : IQuery<IReadOnlyList<ListChangeTools.Row>>
{
    /// <param name="Changes">How many changes are looked up there for open plans.</param>
    /// <param name="Trouble">Why the newest look that failed did; null where every change was seen.</param>
    public sealed record Row(string Key, ChangeToolSettings Settings, int Changes, string? Trouble);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListChangeTools, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListChangeTools query, CancellationToken cancellationToken)
        {
            var tools = await db.ChangeToolsAsync(cancellationToken);
            var due = await db.ChangeRecords.Where(record => record.DueAt != null).GroupBy(record => record.ToolId)
                .Select(same => new { Tool = same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Tool, same => same.Count, cancellationToken);
            var failed = await db.ChangeRecords.AsNoTracking().Where(record => record.Trouble != null && record.DueAt != null).OrderByDescending(record => record.LookedAt).Take(200).ToListAsync(cancellationToken);
            return [.. tools.Select(tool => new Row(tool.Key, tool.Settings, due.GetValueOrDefault(tool.Id), failed.Find(record => record.ToolId == tool.Id)?.Trouble))];
        }
    }
}
