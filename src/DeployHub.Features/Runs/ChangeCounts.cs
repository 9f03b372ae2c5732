using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

internal static class ChangeCounts
{
    /// <summary>
    /// What the table of changes comes to. While the run goes on, targets that were looked at are counted as they were then, so that a page need
    /// not compare them again; once it is over, everything is compared. Null while none was looked at afterwards, and for good where nobody ever looked.
    /// </summary>
    /// <param name="isBrief">The run may have come without all of its steps.</param>
    public static async Task<ChangeCount?> ChangesOfAsync(this DeployHubDb db, Run run, bool isBrief, CancellationToken cancellationToken)
    {
        if (!run.IsOver) return await db.CountedAsync(run, cancellationToken);

        var snapshots = await db.TargetSnapshots.AsNoTracking().Where(known => known.RunId == run.Id).ToListAsync(cancellationToken);
        if (snapshots.Count == 0) return null;

        var whole = isBrief ? await db.Runs.AsNoTracking().Include(known => known.TargetRuns).SingleAsync(known => known.Id == run.Id, cancellationToken) : run;
        return ChangeCount.Of(BeforeAndAfter.Of(whole, snapshots));
    }

    private static async Task<ChangeCount?> CountedAsync(this DeployHubDb db, Run run, CancellationToken cancellationToken)
    {
        var looks = await db.TargetSnapshots.Where(known => known.RunId == run.Id && known.Moment != SnapshotMoment.Baseline)
            .Select(known => new { known.TargetId, known.Moment, known.Count }).ToListAsync(cancellationToken);
        if (looks.Count == 0) return null;

        var counting = looks.Where(look => look.Moment == BeforeAndAfter.MomentOf(run, look.TargetId)).ToDictionary(look => look.TargetId, look => look.Count);
        var rest = (run.Baselines ?? []).Select(baseline => baseline.TargetId).Distinct().Where(target => !counting.ContainsKey(target)).ToList();
        var before = (await db.TargetSnapshots.AsNoTracking().Where(known => known.RunId == run.Id && known.Moment == SnapshotMoment.Baseline && rest.Contains(known.TargetId)).ToListAsync(cancellationToken))
            .ToLookup(known => known.TargetId);
        return counting.Values.Concat(rest.Select(target => ChangeCount.Of(BeforeAndAfter.Of(run, target, [.. before[target]])))).Aggregate(ChangeCount.None, (all, one) => all.And(one));
    }
}
