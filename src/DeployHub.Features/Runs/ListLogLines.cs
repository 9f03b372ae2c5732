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
/// <param name="Step">Only of the steps with this name.</param>
/// <param name="Errors">Only what was written to the error output.</param>
public sealed record ListLogLines(
    string Run, long After = 0, long? Before = null, int? Limit = null, string? Subject = null, string? Text = null, string? Step = null, bool Errors = false)
    : IQuery<IReadOnlyList<ListLogLines.Row>>
{
    public const int MostLines = 5000;

    /// <param name="Stream">0 output, 1 error output, 2 DeployHub itself.</param>
    public sealed record Row(long Id, DateTimeOffset At, short Stream, string Stage, string Subject, int Step, int Attempt, string Text);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListLogLines, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListLogLines query, CancellationToken cancellationToken)
        {
            var limit = Math.Clamp(query.Limit ?? 1000, 1, MostLines);
            if (query.Before is null) return await Found(query).OrderBy(line => line.Id).Take(limit).ToListAsync(cancellationToken);

            var newest = await Found(query).OrderByDescending(line => line.Id).Take(limit).ToListAsync(cancellationToken);
            newest.Reverse();
            return newest;
        }

        // Subqueries of one value, where a join would do: the planner then walks the index in the order of the lines and stops at the limit.
        private IQueryable<Row> Found(ListLogLines query)
        {
            var before = query.Before ?? long.MaxValue;
            var pattern = Like.Containing(query.Text);
            return db.Database.SqlQuery<Row>(
                $"""
                select line.id, line.at, line.stream, target.stage, target.subject, line.step::int as step, line.attempt::int as attempt, line.text
                from log_lines line
                join target_runs target on target.id = line.target_run_id
                where line.run_id = (select id from runs where name = {query.Run}) and line.id > {query.After} and line.id < {before}
                  and ({query.Subject}::text is null or line.target_run_id = any (array(
                    select id from target_runs where run_id = (select id from runs where name = {query.Run}) and subject = {query.Subject})))
                  and ({query.Step}::text is null or (line.target_run_id, line.step) in (
                    select known.id, (step.value ->> 'number')::smallint
                    from target_runs known cross join jsonb_array_elements(known.steps) step
                    where known.run_id = (select id from runs where name = {query.Run}) and step.value ->> 'name' = {query.Step}))
                  and (not {query.Errors} or line.stream = 1)
                  and ({pattern}::text is null or line.text ilike {pattern})
                """);
        }
    }
}
