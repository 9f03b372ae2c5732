using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Forecasting;
using DeployHub.Features.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>What the gates have to know of windows, freezes and exceptions.</summary>
internal static class CalendarGateFacts
{
    /// <summary>How far a gate looks for the next opening and the next freeze.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(60);

    /// <summary>For several deployments at once: windows and freezes are evaluated once.</summary>
    public static async Task<IReadOnlyDictionary<DeploymentId, CalendarFacts>> CalendarFactsAsync(
        this DeployHubDb db, IReadOnlyList<Deployment> deployments, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ids = deployments.Select(deployment => deployment.Id).ToList();
        var environments = deployments.Select(deployment => deployment.EnvironmentId).ToList();
        var times = await CalendarTimes.ReadAsync(db, new Occurrence(at, LatestSlot(deployments, at)), cancellationToken);
        var owners = await db.ServicesByComponentAsync(deployments.SelectMany(deployment => deployment.Plan.Versions, (_, version) => version.ComponentId), cancellationToken);
        var places = await db.Environments.AsNoTracking().Where(environment => environments.Contains(environment.Id)).ToDictionaryAsync(environment => environment.Id, cancellationToken);
        var labels = await db.LabelsAsync(deployments, cancellationToken);
        var exceptions = (await db.FreezeExceptions.AsNoTracking().Where(exception => ids.Contains(exception.DeploymentId)).OrderBy(exception => exception.Number).ToListAsync(cancellationToken))
            .ToLookup(exception => exception.DeploymentId);

        return deployments.ToDictionary(deployment => deployment.Id, deployment =>
        {
            var (environment, services) = (places[deployment.EnvironmentId], owners.Of(deployment.Plan));
            var place = new CalendarPlace(
                environment.Key, services[0], CalendarPlace.ClosesByDefault(environment.Tier, environment.IsLive),
                [.. deployment.Plan.Targets.Select(target => labels.GetValueOrDefault(target.Id)).OfType<IReadOnlyDictionary<string, string>>()])
            { OtherServices = [.. services.Skip(1)] };
            return new CalendarFacts(times.At(place, [.. deployment.Plan.Parties.Select(party => party.Id)]), [.. exceptions[deployment.Id]], environment.Owner);
        });
    }

    /// <summary>The same for one, with how long it takes and what it waits for.</summary>
    public static async Task<CalendarFacts> MeasuredCalendarFactsAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await db.CalendarFactsAsync([deployment], at, cancellationToken))[deployment.Id] with
        {
            Takes = await db.TakesAsync(deployment, at, cancellationToken),
            Lock = await db.AwaitedLockAsync(deployment, at, cancellationToken),
        };

    /// <summary>What 85 of 100 runs of the model took in the environment; where too few say so, what its steps come to. Null where nothing does.</summary>
    private static async Task<TimeSpan?> TakesAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.UsualAsync(deployment.EnvironmentId, deployment.ModelVersionId, deployment.Plan.Targets.Count, at, cancellationToken) is { } usual) return usual.Most;
        if (await db.ModelVersions.AsNoTracking().SingleOrDefaultAsync(known => known.Id == deployment.ModelVersionId, cancellationToken) is not { } model) return null;

        return await db.ForecastAsync(deployment, model, at, cancellationToken) is { Error: null, Value.Run: { IsKnown: true } forecast } ? forecast.Most : null;
    }

    /// <summary>What runs of the model took in the environment, of the same version where enough are known; null where too few say anything.</summary>
    private static async Task<Projection?> UsualAsync(
        this DeployHubDb db, EnvironmentId environment, ModelVersionId version, int targets, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var model = await db.ModelVersions.Where(known => known.Id == version).Select(known => (ModelId?)known.ModelId).SingleOrDefaultAsync(cancellationToken);
        if (model is null) return null;

        var stages = Enum.GetValues<Stage>().Select(stage => new Projection.Progress(stage, null, null)).ToList();
        return Projection.Of(await db.PastRunsAsync(Guid.Empty, environment.Value, model.Value.Value, version.Value, cancellationToken), targets, stages, false, at)
            ?? Projection.Of(await db.PastRunsAsync(Guid.Empty, environment.Value, model.Value.Value, null, cancellationToken), targets, stages, false, at);
    }

    /// <summary>Old plans may say times that no new one may: none of them stops the others.</summary>
    private static DateTimeOffset LatestSlot(IReadOnlyList<Deployment> deployments, DateTimeOffset at) =>
        deployments.Select(deployment => deployment.Slot?.End ?? at).Append(at).Select(end => end < DateTimeOffset.MaxValue - Ahead ? end + Ahead : DateTimeOffset.MaxValue).Max();

    private static async Task<Dictionary<TargetId, IReadOnlyDictionary<string, string>>> LabelsAsync(
        this DeployHubDb db, IReadOnlyList<Deployment> deployments, CancellationToken cancellationToken)
    {
        var targets = deployments.SelectMany(deployment => deployment.Plan.Targets, (_, target) => target.Id).Distinct().ToList();
        return await db.Targets.AsNoTracking().Where(target => targets.Contains(target.Id)).Select(target => new { target.Id, target.Labels })
            .ToDictionaryAsync(target => target.Id, target => target.Labels, cancellationToken);
    }
}
