using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>The one way in which what was seen of a target becomes known: in checks of runs, in scans and in reports alike.</summary>
public static class DriftLooks
{
    /// <summary>Compares with what is desired and tracks what came of it; saving is the caller's.</summary>
    /// <param name="source">What looked: a run's name, a scan, or who reports.</param>
    public static async Task<DriftLook> LookAsync(
        this DeployHubDb db, TargetId target, IReadOnlyList<SeenFact> facts, string source, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var look = await db.PrepareLookAsync(target, facts, source, at, cancellationToken);
        db.DriftItems.AddRange(look.See(facts).Found);
        return look;
    }

    /// <summary>All that <see cref="LookAsync"/> asks the database for, so that judging can be guarded by itself. Who lets it see stores what is <see cref="DriftLook.Found"/>.</summary>
    public static async Task<DriftLook> PrepareLookAsync(
        this DeployHubDb db, TargetId target, IReadOnlyList<SeenFact> facts, string source, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.LockTargetAsync(target, cancellationToken);
        await db.DriftItems.OnlyOpen().Where(item => item.TargetId == target).LoadAsync(cancellationToken);
        var baseline = await db.BaselineAsync(target, cancellationToken);
        await db.ObserveAsync(target, facts, source, at, cancellationToken);

        return new DriftLook(baseline, db.DriftItems.Local.Where(item => item.TargetId == target && item.IsOpen), await db.DesiredAsync(target, cancellationToken), source, at);
    }

    /// <summary>
    /// Tells runs that are about to obtain their locks on which targets another version was seen than was deployed, ignored or not: what is
    /// recorded as observed there may be no more than what was there before.
    /// </summary>
    public static async Task TellDriftAsync(this DeployHubDb db, IReadOnlyList<Run> runs, CancellationToken cancellationToken)
    {
        var targets = runs.SelectMany(run => run.TargetRuns).Select(targetRun => targetRun.TargetId).OfType<TargetId>().Distinct().ToList();
        if (targets.Count == 0) return;

        var open = await db.DriftItems.OnlyOpen().Where(item => item.Kind == FactKind.Component && targets.Contains(item.TargetId))
            .Select(item => new { item.TargetId, item.Name }).ToListAsync(cancellationToken);
        foreach (var run in runs) run.FoundDrift([.. open.Where(item => run.Versions.Any(version => version.Component == item.Name)).Select(item => item.TargetId)]);
    }

    /// <summary>Whoever looks at a target or decides about it does so alone. Runs are locked before targets, and targets in the order of their ids.</summary>
    internal static Task<int> LockTargetAsync(this DeployHubDb db, TargetId target, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select 1 from targets where id = {target.Value} for no key update", cancellationToken);

    internal static IQueryable<DriftItem> OnlyOpen(this IQueryable<DriftItem> items) => items.Where(item => item.Status == DriftStatus.Detected || item.Status == DriftStatus.Confirmed);

    /// <summary>Items about components to which a run has just brought a version end with that, and the sooner somebody looks, the less else it seems to explain.</summary>
    internal static async Task FollowDeployedAsync(this DeployHubDb db, IReadOnlyList<(Run Run, Observation Seen)> observations, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var targets = observations.Select(observation => observation.Seen.TargetId).Distinct().ToList();
        var open = await db.DriftItems.OnlyOpen().Where(item => item.Kind == FactKind.Component && targets.Contains(item.TargetId)).ToListAsync(cancellationToken);
        foreach (var item in open)
            foreach (var (run, seen) in observations.Where(observation => observation.Seen.TargetId == item.TargetId))
                if (run.Versions.FirstOrDefault(version => version.ComponentId == seen.ComponentId)?.Component == item.Name) item.Deployed(LabelOf(run, seen), run.Name, at);
        await db.LookSoonAsync(targets, at, cancellationToken);
    }

    private static string LabelOf(Run run, Observation seen) => seen.VersionId is not { } there
        ? WatchedFact.Absent
        : run.Versions.Concat((run.Baselines ?? []).Select(baseline => baseline.Version).OfType<MovedVersion>()).First(version => version.VersionId == there).Label;

    /// <summary>A label that nobody registered has no digest, so it is told as drift and not as an observed version.</summary>
    private static async Task ObserveAsync(this DeployHubDb db, TargetId target, IReadOnlyList<SeenFact> facts, string source, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var seen in facts.Where(seen => seen is { Fact.Kind: FactKind.Component, Value: not null }))
        {
            var component = await db.Components.Where(component => component.Key == seen.Fact.Name).Select(component => (ComponentId?)component.Id).SingleOrDefaultAsync(cancellationToken);
            var version = await db.ComponentVersions.Where(version => version.ComponentId == component && version.Label == seen.Value).Select(version => (ComponentVersionId?)version.Id).SingleOrDefaultAsync(cancellationToken);
            if (component is not { } id || (version is null && seen.Value != WatchedFact.Absent)) continue;

            if (await db.ObservedVersions.FindAsync([target, id], cancellationToken) is { } known) known.Observe(version, source, at);
            else db.ObservedVersions.Add(ObservedVersion.First(target, id, version, source, at));
        }
    }

    private static async Task<Dictionary<string, DesiredVersion>> DesiredAsync(this DeployHubDb db, TargetId target, CancellationToken cancellationToken) =>
        await (from seen in db.ObservedVersions
               where seen.TargetId == target && seen.DesiredAt != null
               join component in db.Components on seen.ComponentId equals component.Id
               join version in db.ComponentVersions on seen.DesiredVersionId equals version.Id into versions
               from version in versions.DefaultIfEmpty()
               select new { component.Key, version!.Label, seen.DesiredBy, seen.DesiredAt, seen.WasAccepted })
            .ToDictionaryAsync(row => row.Key, row => new DesiredVersion(row.Label, row.DesiredBy!, row.DesiredAt!.Value, row.WasAccepted), cancellationToken);
}
