using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Lines that the steps of a run wrote, in order. Secrets were masked before they were stored.</summary>
/// <param name="After">Id of the last line known; 0 for all.</param>
/// <param name="Before">Only lines before this id, and then the newest of them; for looking back from the end.</param>
/// <param name="Limit">1 to 5000; 1000 unless told.</param>
/// <param name="Subject">Only of this target or component version.</param>
/// <param name="Text">Only lines that contain this, ignoring case.</param>
public sealed record ListLogLines(string Run, long After = 0, long? Before = null, int? Limit = null, string? Subject = null, string? Text = null)
    : IQuery<IReadOnlyList<ListLogLines.Row>>
{
    /// <param name="Stream">0 output, 1 error output, 2 DeployHub itself.</param>
    public sealed record Row(long Id, DateTimeOffset At, short Stream, string Stage, string Subject, int Step, int Attempt, string Text);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListLogLines, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListLogLines query, CancellationToken cancellationToken)
        {
            var limit = Math.Clamp(query.Limit ?? 1000, 1, 5000);
            var before = query.Before ?? long.MaxValue;
            var pattern = query.Text is { Length: > 0 } text ? $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%" : null;
            var lines = db.Database.SqlQuery<Row>(
                $"""
                select line.id, line.at, line.stream, target.stage, target.subject, line.step::int as step, line.attempt::int as attempt, line.text
                from log_lines line
                join runs run on run.id = line.run_id
                join target_runs target on target.id = line.target_run_id
                where run.name = {query.Run} and line.id > {query.After} and line.id < {before}
                  and ({query.Subject}::text is null or target.subject = {query.Subject})
                  and ({pattern}::text is null or line.text ilike {pattern})
                """);
            if (query.Before is null) return await lines.OrderBy(line => line.Id).Take(limit).ToListAsync(cancellationToken);

            var newest = await lines.OrderByDescending(line => line.Id).Take(limit).ToListAsync(cancellationToken);
            newest.Reverse();
            return newest;
        }
    }
}
