using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Drift that somebody has to decide about.</summary>
internal static class DriftAskedOf
{
    private const int Most = 20;

    public static async Task<IReadOnlyList<ListMyDrift.Asked>> DriftAskedOfAsync(this DeployHubDb db, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.HandleDrift)) return [];

        var mine = (await db.Environments.AsNoTracking().OrderBy(known => known.Order).ThenBy(known => known.Key).ToListAsync(cancellationToken)).FindAll(here => IsMine(caller, here));
        var ids = mine.ConvertAll(known => known.Id);
        if (ids.Count == 0) return [];

        var live = mine.FindAll(known => known.IsLive).ConvertAll(known => known.Id);
        var items = await (from item in db.DriftItems.OnlyOpen()
                           join target in db.Targets on item.TargetId equals target.Id
                           where ids.Contains(target.EnvironmentId) && target.RetiredAt == null && (item.IgnoredUntil == null || item.IgnoredUntil <= now)
                           orderby item.Kind == FactKind.Component && live.Contains(target.EnvironmentId) descending, item.Id
                           select new Found(item, target.Name, target.EnvironmentId)).AsNoTracking().Take(500).ToListAsync(cancellationToken);
        var records = await db.UnmanagedDeployments.Where(record => ids.Contains(record.EnvironmentId) && record.Status == UnmanagedStatus.Unmanaged)
            .OrderBy(record => record.Number).Take(Most).Join(db.Components, record => record.ComponentId, component => component.Id, (record, component) => new { Record = record, component.Key }).AsNoTracking().ToListAsync(cancellationToken);

        var open = items.ToLookup(found => found.Environment);
        return [.. mine.SelectMany(here => OfItems(here, [.. open[here.Id]]).Concat(records.Where(known => known.Record.EnvironmentId == here.Id).Select(known => OfRecord(here, known.Record, known.Key))))
            .OrderByDescending(task => task.IsUrgent).Take(Most)];
    }

    private static bool IsMine(Caller caller, Environment environment) =>
        caller.OwnsEnvironment(environment.Key) || caller.RolesIn(null, environment.Key).Contains(Role.DeploymentManager);

    private static IEnumerable<ListMyDrift.Asked> OfItems(Environment here, IReadOnlyList<Found> open)
    {
        var urgent = open.Where(found => here.IsLive && found.Item.Kind is FactKind.Component).GroupBy(found => (found.Item.Subject, found.Item.Desired, found.Item.Observed)).ToList();
        foreach (var change in urgent)
            yield return new ListMyDrift.Asked(
                here.Key, here.Name, change.Key.Subject, $"{change.Key.Observed} instead of {change.Key.Desired} on {Targets([.. change.Select(found => found.Target)])}, and no run explains it.", true,
                change.Min(found => found.Item.DetectedAt), $"/environments/{here.Key}/drift?item={change.First().Item.Id.Value}");

        var rest = open.Except(urgent.SelectMany(change => change)).ToList();
        var blocking = rest.Count(found => found.Item.Severity is DriftSeverity.Blocking);
        if (rest.Count > 0)
            yield return new ListMyDrift.Asked(
                here.Key, here.Name, "Drift", $"{Words.Count(rest.Count, "difference")} to decide about{(blocking > 0 ? $", {blocking} in the way of a deployment" : "")}.", false,
                rest.Min(found => found.Item.DetectedAt), $"/environments/{here.Key}/drift");
    }

    private static ListMyDrift.Asked OfRecord(Environment here, UnmanagedDeployment record, string component) => new(
        here.Key, here.Name, record.Number, $"Say how {component} came to be {record.Observed}: no run brought it there.", false, record.SeenAt, $"/unmanaged/{record.Number}");

    private static string Targets(IReadOnlyList<string> names) => names.Count <= 3 ? Words.List(names) : Words.Count(names.Count, "target");

    private sealed record Found(DriftItem Item, string Target, EnvironmentId Environment);
}
