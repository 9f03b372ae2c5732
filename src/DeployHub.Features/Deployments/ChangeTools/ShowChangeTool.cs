using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>One connected change tool, with what it answered last.</summary>
public sealed record ShowChangeTool(string Key) : IQuery<Result<ShowChangeTool.View>>
{
    /// <summary>So many changes are shown, those that were looked up last.</summary>
    public const int MostAnswers = 50;

    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(string Key, ChangeToolSettings Settings, string ConnectedBy, DateTimeOffset ConnectedAt, IReadOnlyList<Answer> Answers, [property: JsonIgnore] uint RowVersion);

    /// <param name="Seen">What the tool said last of the change; null while it never answered.</param>
    /// <param name="Trouble">Why the last look failed.</param>
    /// <param name="IsAwaited">A worker is about to look it up.</param>
    public sealed record Answer(string Number, ChangeSeen? Seen, DateTimeOffset? SeenAt, string? Trouble, DateTimeOffset? LookedAt, bool IsAwaited);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowChangeTool, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowChangeTool query, CancellationToken cancellationToken)
        {
            var found = await db.ChangeTools.AsNoTracking().Where(tool => tool.Key == query.Key)
                .Select(tool => new { Tool = tool, Version = EF.Property<uint>(tool, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("change-tool", query.Key);

            var at = clock.GetUtcNow();
            var id = found.Tool.Id;
            var records = await db.ChangeRecords.AsNoTracking().Where(record => record.ToolId == id)
                .OrderByDescending(record => record.LookedAt ?? record.DueAt).Take(MostAnswers).ToListAsync(cancellationToken);
            return new View(
                found.Tool.Key, found.Tool.Settings, found.Tool.ConnectedBy.Name, found.Tool.ConnectedAt,
                [.. records.Select(record => new Answer(record.Number, record.Seen, record.SeenAt, record.Trouble, record.LookedAt, record.LookedAt is null || record.DueAt <= at))], found.Version);
        }
    }
}
