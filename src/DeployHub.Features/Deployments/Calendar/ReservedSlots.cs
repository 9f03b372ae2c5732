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

    private static readonly DeploymentStatus[] MayStillGo =
        [DeploymentStatus.Draft, DeploymentStatus.InReview, DeploymentStatus.Scheduled, DeploymentStatus.InProgress, DeploymentStatus.Halted];

    /// <summary>Those that are kept in an environment and overlap a stretch of time.</summary>
    /// <param name="except">Number of the deployment whose own do not count; null for none.</param>
    public static async Task<IReadOnlyList<ReservedSlot>> ReservedAtAsync(
        this DeployHubDb db, EnvironmentId environment, Slot range, string? except, CancellationToken cancellationToken) =>
        await (from exception in db.FreezeExceptions
               where exception.Status == FreezeExceptionStatus.Requested && exception.Reserved != null && exception.Reserved.Start < range.End && exception.Reserved.End > range.Start
               join deployment in db.Deployments on exception.DeploymentId equals deployment.Id
               where deployment.EnvironmentId == environment && deployment.Number != except && MayStillGo.Contains(deployment.Status)
               orderby exception.Reserved!.Start, exception.Number
               select new ReservedSlot(deployment, new Slot(exception.Reserved!.Start, exception.Reserved.End), exception.Number)).AsNoTracking().Take(Most).ToListAsync(cancellationToken);

    /// <summary>
    /// The first slot after the freeze that windows and freezes allow and in which nobody else has the same components; null where none is near, or for
    /// what runs on demand. Of two who look for one in an environment at once, the second waits until the first has it.
    /// </summary>
    public static async Task<Slot?> FirstFreeAfterAsync(
        this DeployHubDb db, Deployment deployment, FreezeTime freeze, CalendarFacts facts, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (deployment.Slot is null) return null;

        await db.LockReservationsAsync(deployment.EnvironmentId, cancellationToken);
        var after = freeze.When.End > at ? freeze.When.End : at;
        var busy = await db.TakenTimesAsync(deployment, after, cancellationToken);
        return facts.Times.FreeSlots(facts.LengthFor(deployment), after, deployment.Plan.Category, 1, busy) is [var free] ? new Slot(free.Start, free.End) : null;
    }

    /// <summary>Sends the deployment of an exception that was refused, or that nobody decided about, to what is reserved for it; tells where that cannot be.</summary>
    public static async Task TakeReservedAsync(this DeployHubDb db, FreezeException exception, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (exception.Reserved is not { } free || deployment.IsOver || deployment.IsUnderWay) return;

        await db.LockReservationsAsync(deployment.EnvironmentId, cancellationToken);
        var taken = await db.TakeAsync(exception, deployment, free, at, cancellationToken);
        if (taken.Error is { } refusal) deployment.LoseReserved(exception, refusal.Message, at);
    }

    private static async Task<Result> TakeAsync(this DeployHubDb db, FreezeException exception, Deployment deployment, Slot free, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if ((await db.TakenTimesAsync(deployment, at, cancellationToken)).Any(new Occurrence(free.Start, free.End).Overlaps)) return FreezeExceptionErrors.ReservedTaken;
        if (deployment.Status is DeploymentStatus.Draft) return deployment.TakeReserved(exception, at); // judged when it is submitted

        return await db.ReviewAsync(deployment, free, judged => Take(deployment, exception, judged, at), Actor.System, at, cancellationToken);
    }

    private static Result Take(Deployment deployment, FreezeException exception, PlanJudgement judged, DateTimeOffset at)
    {
        var taken = deployment.TakeReserved(exception, at);
        return taken.Error is null ? deployment.Reassess(judged.Risk, judged.Needed, Actor.System, at) : taken;
    }

    /// <summary>Whoever reserves or takes a slot in an environment does so alone: two who find the same one free could both have it.</summary>
    private static async Task LockReservationsAsync(this DeployHubDb db, EnvironmentId environment, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"select 1 from environments where id = {environment.Value} for no key update", cancellationToken);
}
