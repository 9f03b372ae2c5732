using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>A slot that is kept free for a deployment until somebody has decided about an exception of it.</summary>
/// <param name="Exception">Number of the exception.</param>
internal sealed record ReservedSlot(Deployment Deployment, Slot Slot, string Exception);

/// <summary>The slot that a deployment goes to if the answer to an exception is no (domain J1): found, kept free, taken.</summary>
internal static class ReservedSlots
{
    /// <summary>So many are looked at.</summary>
    public const int Most = 200;

    /// <summary>Those that are kept in an environment and overlap a stretch of time.</summary>
    /// <param name="except">Number of the deployment whose own do not count; null for none.</param>
    public static async Task<IReadOnlyList<ReservedSlot>> ReservedAtAsync(
        this DeployHubDb db, EnvironmentId environment, Slot range, string? except, CancellationToken cancellationToken) =>
        await (from exception in db.FreezeExceptions
               where exception.Status == FreezeExceptionStatus.Requested && exception.Reserved != null && exception.Reserved.Start < range.End && exception.Reserved.End > range.Start
               join deployment in db.Deployments on exception.DeploymentId equals deployment.Id
               where deployment.EnvironmentId == environment && deployment.Number != except
               orderby exception.Reserved!.Start, exception.Number
               select new ReservedSlot(deployment, new Slot(exception.Reserved!.Start, exception.Reserved.End), exception.Number)).AsNoTracking().Take(Most).ToListAsync(cancellationToken);

    /// <summary>When an environment is kept for others, from a moment on.</summary>
    public static async Task<IReadOnlyList<Occurrence>> ReservedTimesAsync(
        this DeployHubDb db, EnvironmentId environment, DateTimeOffset from, string? except, CancellationToken cancellationToken) =>
        [.. (await db.ReservedAtAsync(environment, new Slot(from, Slot.Furthest(from).AddYears(1)), except, cancellationToken)).Select(kept => new Occurrence(kept.Slot.Start, kept.Slot.End))];

    /// <summary>The first slot after the freeze that windows and freezes allow and in which nobody else has the same components; null where none is near, or for what runs on demand.</summary>
    public static async Task<Slot?> FirstFreeAfterAsync(
        this DeployHubDb db, Deployment deployment, FreezeTime freeze, CalendarFacts facts, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (deployment.Slot is not { } slot) return null;

        var length = facts.Usual is { } usual && usual.Most > slot.End - slot.Start ? usual.Most : slot.End - slot.Start;
        var after = freeze.When.End > at ? freeze.When.End : at;
        var busy = await db.BusyWithAsync(deployment, new Slot(after, facts.Times.Range.End), cancellationToken);
        return facts.Times.FreeSlots(length, after, deployment.Plan.Category, 1, busy) is [var free] ? new Slot(free.Start, free.End) : null;
    }

    /// <summary>Sends the deployment of an exception that was refused, or that nobody decided about, to what is reserved for it; tells where that cannot be.</summary>
    public static async Task TakeReservedAsync(this DeployHubDb db, FreezeException exception, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (exception.Reserved is not { } free || deployment.IsOver || deployment.IsUnderWay) return;

        var taken = deployment.Status is DeploymentStatus.Draft
            ? deployment.TakeReserved(exception, at) // judged when it is submitted
            : await db.ReviewAsync(deployment, free, judged => Take(deployment, exception, judged, at), Actor.System, at, cancellationToken);
        if (taken.Error is { } refusal) deployment.LoseReserved(exception, refusal.Message, at);
    }

    private static Result Take(Deployment deployment, FreezeException exception, PlanJudgement judged, DateTimeOffset at)
    {
        var taken = deployment.TakeReserved(exception, at);
        return taken.Error is null ? deployment.Reassess(judged.Risk, judged.Needed, Actor.System, at) : taken;
    }

    /// <summary>When the components of a plan are taken in its environment: by other deployments, or kept for them.</summary>
    private static async Task<IReadOnlyList<Occurrence>> BusyWithAsync(this DeployHubDb db, Deployment deployment, Slot range, CancellationToken cancellationToken)
    {
        var planned = await db.Deployments.AsNoTracking()
            .Where(other => other.EnvironmentId == deployment.EnvironmentId && other.Id != deployment.Id && other.Slot != null && other.Slot.Start < range.End && other.Slot.End > range.Start
                && (other.Status == DeploymentStatus.InReview || other.Status == DeploymentStatus.Scheduled || other.Status == DeploymentStatus.InProgress || other.Status == DeploymentStatus.Halted))
            .OrderBy(other => other.Slot!.Start).Take(Most).ToListAsync(cancellationToken);
        var kept = await db.ReservedAtAsync(deployment.EnvironmentId, range, deployment.Number, cancellationToken);
        var components = deployment.Plan.Versions.Select(version => version.ComponentId).ToHashSet();
        return
        [
            .. planned.Select(other => (other.Plan, Slot: other.Slot!)).Concat(kept.Select(other => (other.Deployment.Plan, other.Slot)))
                .Where(other => other.Plan.Versions.Any(version => components.Contains(version.ComponentId)))
                .Select(other => new Occurrence(other.Slot.Start, other.Slot.End)),
        ];
    }
}
