using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What was seen last on the targets of runs that have their locks.</summary>
public static class TakenBaselines
{
    public static async Task TakeBaselinesAsync(this DeployHubDb db, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var targets = runs.SelectMany(TargetsOf).Distinct().ToList();
        var components = runs.SelectMany(run => run.Versions).Select(version => version.ComponentId).Distinct().ToList();
        var observed = await (from seen in db.ObservedVersions
                              where targets.Contains(seen.TargetId) && components.Contains(seen.ComponentId) && seen.VersionId != null
                              join version in db.ComponentVersions on seen.VersionId equals version.Id
                              select new { seen.TargetId, seen.ComponentId, version.Id, version.Label, version.Digest })
            .ToDictionaryAsync(seen => (seen.TargetId, seen.ComponentId), cancellationToken);

        foreach (var run in runs)
            run.ObtainedLocks(
                [
                    .. from target in TargetsOf(run)
                       from moved in run.Versions
                       let seen = observed.GetValueOrDefault((target, moved.ComponentId))
                       select new Baseline(target, moved.ComponentId, seen is null ? null : new MovedVersion(moved.ComponentId, moved.Component, seen.Id, seen.Label, seen.Digest)),
                ], at);
    }

    private static IEnumerable<TargetId> TargetsOf(Run run) => run.TargetRuns.Select(targetRun => targetRun.TargetId).OfType<TargetId>().Distinct();
}
