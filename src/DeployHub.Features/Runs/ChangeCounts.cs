using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

internal static class ChangeCounts
{
    /// <summary>As it was counted when the targets were looked at: a run's page need not compare them again. Null while none was looked at afterwards.</summary>
    public static async Task<ChangeCount?> ChangesOfAsync(this DeployHubDb db, RunId run, CancellationToken cancellationToken)
    {
        var counts = await db.TargetSnapshots.Where(known => known.RunId == run && known.Moment != SnapshotMoment.Baseline)
            .Select(known => new { known.TargetId, known.Moment, known.Count }).ToListAsync(cancellationToken);
        return counts.Count == 0 ? null : counts.GroupBy(known => known.TargetId).Select(of => of.MaxBy(known => known.Moment)!.Count).Aggregate((all, one) => all.And(one));
    }
}
