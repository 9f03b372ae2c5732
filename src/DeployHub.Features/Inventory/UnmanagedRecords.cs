using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace DeployHub.Features.Inventory;

/// <summary>How a version change that somebody confirmed comes to have a record, and how that record hears what is decided about its items.</summary>
internal static class UnmanagedRecords
{
    /// <summary>
    /// Somebody said that the difference is there, by confirming it or by deciding about it: on a live target another version of a component
    /// has a record from then on (domain §2.3.5).
    /// </summary>
    public static async Task RecordUnmanagedAsync(this DeployHubDb db, DriftItem item, string environment, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (item is not { Kind: FactKind.Component, UnmanagedId: null }) return;
        var here = await db.Environments.AsNoTracking().SingleAsync(known => known.Key == environment, cancellationToken);
        if (!here.IsLive) return;

        await db.Database.ExecuteSqlAsync($"select 1 from environments where id = {here.Id.Value} for no key update", cancellationToken); // two people confirm two items of one change
        var component = await db.Components.Where(known => known.Key == item.Name).Select(known => known.Id).SingleAsync(cancellationToken);
        var day = UnmanagedDeployment.DayOf(item);
        var record = await db.UnmanagedDeployments.SingleOrDefaultAsync(
            known => known.EnvironmentId == here.Id && known.ComponentId == component && known.Observed == item.Observed && known.Day == day && known.Status == UnmanagedStatus.Unmanaged, cancellationToken)
            ?? db.UnmanagedDeployments.Add(UnmanagedDeployment.Record(await db.NextNumberAsync("UNM", at, cancellationToken), here.Id, component, item, by, at)).Entity;
        item.BelongTo(record);
    }

    /// <summary>Nobody who decides about drift can forget the record that it belongs to.</summary>
    /// <param name="tracked">Everything that is about to be saved.</param>
    /// <returns>What other systems are told of once it is stored.</returns>
    public static async Task<NewDrift> FollowDriftAsync(this DeployHubDb db, IReadOnlyList<EntityEntry> tracked, CancellationToken cancellationToken)
    {
        var found = new NewDrift([.. In<DriftItem>(tracked, EntityState.Added)], [.. In<UnmanagedDeployment>(tracked, EntityState.Added)]); // before that changes
        var decided = In<DriftItem>(tracked, EntityState.Modified).Where(item => item is { IsOpen: false, UnmanagedId: not null }).ToLookup(item => item.UnmanagedId!.Value);
        if (decided.Count > 0) await db.LockRecordsAsync([.. decided.Select(items => items.Key.Value)], cancellationToken);
        foreach (var items in decided)
            if (await db.UnmanagedDeployments.FindAsync([items.Key], cancellationToken) is { } record)
                record.Follow([.. (await db.DriftItems.Where(item => item.UnmanagedId == items.Key).ToListAsync(cancellationToken)).UnionBy(items, item => item.Id)]);

        return found;
    }

    /// <summary>Two who decide about two items of one record at once would each still see the other item open: the later one waits, and reads what the first decided.</summary>
    private static Task<int> LockRecordsAsync(this DeployHubDb db, Guid[] ids, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select 1 from unmanaged_deployments where id = any({ids}) order by id for no key update", cancellationToken);

    private static IEnumerable<T> In<T>(IReadOnlyList<EntityEntry> tracked, EntityState state) => tracked.Where(entry => entry.State == state).Select(entry => entry.Entity).OfType<T>();

    internal sealed record NewDrift(IReadOnlyList<DriftItem> Items, IReadOnlyList<UnmanagedDeployment> Records);
}
