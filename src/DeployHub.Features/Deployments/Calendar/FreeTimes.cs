using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Looks for free slots, further ahead until enough is free.</summary>
internal static class FreeTimes
{
    private const int Wanted = 3;

    /// <summary>What is open and frozen from the slot on, far enough for three free ones of its length where there are any.</summary>
    /// <param name="taken">Times that others hold.</param>
    public static async Task<OpenTimes> FreeTimesAsync(
        this DeployHubDb db, CalendarPlace place, Occurrence slot, ChangeCategory category, DateTimeOffset at, CancellationToken cancellationToken,
        IReadOnlyList<Occurrence>? taken = null)
    {
        var near = await AheadAsync(db, place, slot, TimeSpan.FromDays(45), cancellationToken);
        return near.FreeSlots(slot.Length, After(slot, at), category, busy: taken).Count >= Wanted ? near : await AheadAsync(db, place, slot, TimeSpan.FromDays(400), cancellationToken);
    }

    /// <summary>Why the slot of a deployment may not be; null when it may, or when it has none. An exception that was asked for lets it pass its freeze.</summary>
    public static async Task<Error?> SlotRefusalAsync(this DeployHubDb db, Deployment deployment, Plan plan, Slot? slot, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (slot is null) return null;
        if (slot.End > Slot.Furthest(at)) return DeploymentErrors.SlotTooFar;

        var (time, category) = (new Occurrence(slot.Start, slot.End), plan.Category);
        var environment = await db.Environments.AsNoTracking().SingleAsync(known => known.Id == deployment.EnvironmentId, cancellationToken);
        var services = await db.ServicesOfAsync(plan.Versions, cancellationToken);
        var place = await db.PlaceAsync(environment, services[0], [.. plan.Targets.Select(target => target.Id)], cancellationToken) with { OtherServices = [.. services.Skip(1)] };
        var exceptions = await db.FreezeExceptions.AsNoTracking().Where(exception => exception.DeploymentId == deployment.Id).ToListAsync(cancellationToken);
        var taken = await db.TakenTimesAsync(deployment.EnvironmentId, plan.Versions.Select(version => version.ComponentId), deployment.Id, at, cancellationToken);
        var times = await db.FreeTimesAsync(place, time, category, at, cancellationToken, taken);
        var verdicts = times.Judge(time, category, environment.Owner, freeze => exceptions.Exists(exception => exception.Answers(freeze, plan.Digest, time.Start)));
        return SlotVerdicts.Refusal(verdicts, verdicts.Count == 0 ? [] : times.FreeSlots(time.Length, After(time, at), category, busy: taken));
    }

    private static DateTimeOffset After(Occurrence slot, DateTimeOffset at) => slot.Start > at ? slot.Start : at;

    private static async Task<OpenTimes> AheadAsync(DeployHubDb db, CalendarPlace place, Occurrence slot, TimeSpan ahead, CancellationToken cancellationToken) =>
        (await CalendarTimes.ReadAsync(db, slot with { End = slot.End + ahead }, cancellationToken)).At(place);
}
