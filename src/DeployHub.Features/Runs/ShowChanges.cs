using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What a run changed on its targets: each thing that the baseline holds, before Execute and afterwards (domain B3, B5, E9).</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="OnlyChanges">Leaves out what is unchanged and what was not observed.</param>
public sealed record ShowChanges(string Run, bool OnlyChanges = false) : IQuery<Result<ShowChanges.View>>
{
    /// <param name="Count">Of everything, whatever is shown.</param>
    /// <param name="Snapshots">What the targets were looked at for it.</param>
    public sealed record View(string Run, RunStatus Status, ChangeCount Count, IReadOnlyList<Change> Changes, IReadOnlyList<Snapshot> Snapshots);

    /// <param name="Facts">How many things were looked at.</param>
    /// <param name="Digest">SHA-256 over what was seen, to compare a copy with.</param>
    public sealed record Snapshot(string Target, SnapshotMoment Moment, int Facts, DateTimeOffset TakenAt, Digest Digest);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowChanges, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowChanges query, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().Include(known => known.TargetRuns).SingleOrDefaultAsync(known => known.Name == query.Run, cancellationToken);
            if (run is null) return Error.NotFound("run", query.Run);

            var snapshots = await db.TargetSnapshots.AsNoTracking().Where(known => known.RunId == run.Id).ToListAsync(cancellationToken);
            var names = run.TargetRuns.Where(targetRun => targetRun.TargetId is not null).DistinctBy(targetRun => targetRun.TargetId).ToDictionary(targetRun => targetRun.TargetId!.Value, targetRun => targetRun.Subject);
            IReadOnlyList<Change> changes = [.. BeforeAndAfter.Of(run, snapshots).Select(change => caller.May(Permission.ViewLogs) ? change : change.WithoutValues())];
            return new View(
                run.Name, run.Status, ChangeCount.Of(changes), [.. changes.Where(change => !query.OnlyChanges || change.IsChange)],
                [.. snapshots.OrderBy(known => names[known.TargetId], StringComparer.Ordinal).ThenBy(known => known.Moment).Select(known => new Snapshot(names[known.TargetId], known.Moment, known.Facts.Count, known.TakenAt, known.Digest))]);
        }
    }
}
