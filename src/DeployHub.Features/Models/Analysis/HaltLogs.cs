using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Analysis;

/// <summary>Where the trouble of several halts first shows in their logs, in one statement.</summary>
internal static class HaltLogs
{
    /// <param name="Halt">Its number within the run.</param>
    /// <param name="Subject">The target or component version that wrote it.</param>
    public sealed record FirstError(Guid Run, int Halt, string Subject, string Text);

    /// <summary>Of the step that failed, in its last attempt before the halt: its first line of error output, else the first that speaks of an error.</summary>
    public static Task<List<FirstError>> FirstErrorsAsync(this DeployHubDb db, IReadOnlyList<(RunId Run, Halt Halt)> halts, CancellationToken cancellationToken)
    {
        var (runs, numbers) = (halts.Select(one => one.Run.Value).ToArray(), halts.Select(one => one.Halt.Number).ToArray());
        var (stages, steps, ats) = (halts.Select(one => one.Halt.Stage.ToString()).ToArray(), halts.Select(one => one.Halt.Step ?? "").ToArray(), halts.Select(one => one.Halt.At).ToArray());
        return db.Database.SqlQuery<FirstError>(
            $"""
            select halted.run_id as run, halted.number as halt, first.subject, first.text
            from unnest({runs}, {numbers}, {stages}, {steps}, {ats}) halted (run_id, number, stage, step, at)
            cross join lateral (
                select target.subject, line.text
                from target_runs target
                cross join jsonb_array_elements(target.steps) step
                join log_lines line on line.target_run_id = target.id and line.step = (step.value ->> 'number')::smallint
                where target.run_id = halted.run_id and target.stage = halted.stage and step.value ->> 'name' = halted.step and line.at <= halted.at
                  and (line.stream = 1 or line.text ~* {HaltedTargets.SpeaksOfAnError})
                order by line.attempt desc, line.stream <> 1, line.id
                limit 1) first
            """).ToListAsync(cancellationToken);
    }
}
