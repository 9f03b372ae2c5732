using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Worker;

/// <summary>One running Execute for an environment and component, as the primary key of a table says.</summary>
internal static class RunLocks
{
    /// <summary>Answers the runs that have all their locks now; the others wait for the holder, who is named.</summary>
    public static async Task<IReadOnlyList<Run>> ObtainLocksAsync(this DeployHubDb db, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (runs.Count == 0) return [];

        var wanted = runs.SelectMany(run => run.Versions, (run, version) => (Run: run, version.ComponentId)).ToList();
        await db.InsertAsync(wanted, at, cancellationToken);
        var holders = await db.HoldersAsync(runs, cancellationToken);

        var obtained = new List<Run>();
        foreach (var run in runs)
        {
            var other = run.Versions.Select(version => holders.GetValueOrDefault((run.EnvironmentId, version.ComponentId))).FirstOrDefault(held => held is not null && held.RunId != run.Id);
            if (other is null) obtained.Add(run);
            else run.WaitForLock(other.Holder, at);
        }

        await db.GiveBackAsync([.. runs.Except(obtained)], cancellationToken);
        await db.TakeBaselinesAsync(obtained, at, cancellationToken);
        return obtained;
    }

    /// <summary>In one order for all, so that two workers cannot block each other.</summary>
    private static Task<int> InsertAsync(this DeployHubDb db, List<(Run Run, ComponentId ComponentId)> wanted, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (environments, components) = (wanted.Select(want => want.Run.EnvironmentId.Value).ToArray(), wanted.Select(want => want.ComponentId.Value).ToArray());
        var (runs, names) = (wanted.Select(want => want.Run.Id.Value).ToArray(), wanted.Select(want => want.Run.Name).ToArray());
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into environment_locks (environment_id, component_id, run_id, holder, since)
            select environment_id, component_id, run_id, holder, {at}
            from unnest({environments}, {components}, {runs}, {names}) with ordinality as wanted (environment_id, component_id, run_id, holder, place)
            order by environment_id, component_id, place
            on conflict do nothing
            """, cancellationToken);
    }

    private static Task<Dictionary<(EnvironmentId, ComponentId), EnvironmentLock>> HoldersAsync(this DeployHubDb db, IReadOnlyList<Run> runs, CancellationToken cancellationToken)
    {
        var environments = runs.Select(run => run.EnvironmentId).Distinct().ToList();
        return db.EnvironmentLocks.AsNoTracking().Where(held => environments.Contains(held.EnvironmentId)).ToDictionaryAsync(held => (held.EnvironmentId, held.ComponentId), cancellationToken);
    }

    private static Task GiveBackAsync(this DeployHubDb db, IReadOnlyList<Run> runs, CancellationToken cancellationToken)
    {
        var ids = runs.Select(run => run.Id).ToList();
        return ids.Count == 0 ? Task.CompletedTask : db.EnvironmentLocks.Where(held => ids.Contains(held.RunId)).ExecuteDeleteAsync(cancellationToken);
    }
}
