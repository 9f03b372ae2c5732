using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>The targets on both sides of a halt, and where the trouble first shows in the log.</summary>
internal static class HaltedTargets
{
    /// <summary>A line of output that tells of trouble, as a pattern of PostgreSQL.</summary>
    public const string SpeaksOfAnError = @"\m(error|fatal|failed|failure|exception|panic|denied|refused|unable|cannot|not found|no such)\M";

    /// <summary>What is known of a target run without its steps.</summary>
    public sealed record Side(TargetId? TargetId, int Phase, string? Worker);

    public static async Task<List<TargetRun>> FailedAtAsync(this DeployHubDb db, Run run, Halt halt, CancellationToken cancellationToken) =>
        (await db.At(run, halt, TargetRunStatus.Failed).OrderBy(targetRun => targetRun.Ordinal).ToListAsync(cancellationToken)).FindAll(targetRun => run.IsOnTheWayOf(halt, targetRun.Phase));

    public static async Task<List<Side>> SucceededAtAsync(this DeployHubDb db, Run run, Halt halt, CancellationToken cancellationToken) =>
        (await db.At(run, halt, TargetRunStatus.Succeeded).Select(targetRun => new Side(targetRun.TargetId, targetRun.Phase, targetRun.Worker)).ToListAsync(cancellationToken))
        .FindAll(side => run.IsOnTheWayOf(halt, side.Phase));

    private static IQueryable<TargetRun> At(this DeployHubDb db, Run run, Halt halt, TargetRunStatus status) =>
        db.TargetRuns.AsNoTracking().Where(targetRun => targetRun.RunId == run.Id && targetRun.Stage == halt.Stage && targetRun.Status == status);

    /// <summary>Phases that lead back are another matter than those that lead forward.</summary>
    private static bool IsOnTheWayOf(this Run run, Halt halt, int phase)
    {
        bool LeadsBack(int number) => run.Of(halt.Stage).Phases[number - 1].IsRollback;
        return LeadsBack(phase) == LeadsBack(Math.Max(1, halt.Phase));
    }

    /// <summary>Of the step that failed: its first line of error output, else the first that speaks of an error.</summary>
    public static async Task<ListLogLines.Row?> FirstErrorAsync(this DeployHubDb db, TargetRun failed, CancellationToken cancellationToken)
    {
        if (failed.FailedStep is not { LastAttempt: { } attempt } step) return null;

        var (targetRun, stage) = (failed.Id.Value, failed.Stage.ToString());
        var found = await db.Database.SqlQuery<ListLogLines.Row>(
            $"""
            select line.id, line.at, line.stream, {stage} as stage, {failed.Subject} as subject, line.step::int as step, line.attempt::int as attempt, line.text
            from log_lines line
            where line.target_run_id = {targetRun} and line.step = {step.Number} and line.attempt = {attempt.Number}
              and (line.stream = 1 or line.text ~* {SpeaksOfAnError})
            order by line.stream <> 1, line.id limit 1
            """).ToListAsync(cancellationToken);
        return found.SingleOrDefault();
    }

    public static async Task<IReadOnlyList<Separation>> DifferencesAsync(
        this DeployHubDb db, Run run, IEnumerable<TargetRun> failed, IEnumerable<Side> succeeded, CancellationToken cancellationToken)
    {
        var worse = failed.Select(targetRun => new Side(targetRun.TargetId, targetRun.Phase, targetRun.Worker)).Where(side => side.TargetId is not null).ToList();
        var better = succeeded.Where(side => side.TargetId is not null).ToList();
        if (worse.Count == 0 || better.Count == 0) return [];

        var ids = worse.Concat(better).Select(side => side.TargetId!.Value).Distinct().ToList();
        var targets = await db.Targets.AsNoTracking().Where(target => ids.Contains(target.Id)).ToDictionaryAsync(target => target.Id, cancellationToken);
        var moved = run.Versions.Select(version => version.ComponentId).ToList();
        var observed = (await (from seen in db.ObservedVersions
                               where ids.Contains(seen.TargetId) && !moved.Contains(seen.ComponentId)
                               join component in db.Components on seen.ComponentId equals component.Id
                               join version in db.ComponentVersions on seen.VersionId equals version.Id
                               select new { seen.TargetId, component.Key, version.Label }).ToListAsync(cancellationToken)).ToLookup(seen => seen.TargetId, seen => (seen.Key, seen.Label));
        var baselines = (run.Baselines ?? []).ToLookup(baseline => baseline.TargetId);

        Dictionary<string, string> About(Side side)
        {
            var target = targets[side.TargetId!.Value];
            var about = new Dictionary<string, string> { ["pool"] = target.Pool, ["connection"] = WordFor(target.Connection) };
            if (side.Worker is { } worker) about["worker"] = worker;
            foreach (var (label, value) in target.Labels) about[$"label {label}"] = value;
            foreach (var (variable, value) in target.Variables) about[$"variable {variable}"] = value;
            foreach (var (component, version) in observed[target.Id]) about[$"version of {component}"] = version;
            foreach (var baseline in baselines[target.Id])
                if (baseline.Version is { } before) about[$"{before.Component} before this run"] = before.Label;
            return about;
        }

        return Separation.Between([.. worse.Select(About)], [.. better.Select(About)]);
    }

    private static string WordFor(Connection connection) => connection switch
    {
        LocalConnection => "local",
        SshConnection => "SSH",
        _ => "manual",
    };
}
