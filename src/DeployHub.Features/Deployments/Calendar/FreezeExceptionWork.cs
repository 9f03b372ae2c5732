using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>An exception that somebody decides about, and what the decision depends on.</summary>
/// <param name="Operators">Who ever operated runs of the deployment, or is named to.</param>
internal sealed record ExceptionToDecide(
    FreezeException Exception, Freeze Freeze, Deployment Deployment, IReadOnlyCollection<ApproverQuality> Qualities, IReadOnlyCollection<Actor> Operators);

/// <summary>What happens to exceptions beside the decision: a start uses them, an edit voids them, time ends them.</summary>
public static class FreezeExceptionWork
{
    internal static async Task<Result<ExceptionToDecide>> ToDecideAsync(this DeployHubDb db, string number, uint? seen, Caller caller, CancellationToken cancellationToken)
    {
        var found = await db.FindFreezeExceptionAsync(number, seen, cancellationToken);
        if (found.Error is { } missing) return missing;

        var freeze = await db.Freezes.SingleAsync(known => known.Id == found.Value.FreezeId, cancellationToken);
        var deployment = await db.Deployments.SingleAsync(known => known.Id == found.Value.DeploymentId, cancellationToken);
        var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
        if (caller.RefusalThroughout(Permission.DecideFreezeExceptions, services, environment) is { } refusal) return refusal;

        return new ExceptionToDecide(found.Value, freeze, deployment, caller.QualitiesThroughout(services, environment), await db.OperatorsOfAsync(deployment, cancellationToken));
    }

    /// <summary>Who started runs of it, or is named to: none of them decides about its exceptions (SOD-4).</summary>
    internal static async Task<IReadOnlyCollection<Actor>> OperatorsOfAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken) =>
        [.. await db.OperatorsAsync(deployment.Id, cancellationToken), .. deployment.PeopleOf(RoleSlot.Operator)];

    /// <summary>A run that starts uses what lets it: exceptions from freezes that hold, or begin before it would be over. Null when it may.</summary>
    internal static async Task<Error?> UseExceptionsAsync(this DeployHubDb db, Deployment deployment, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var granted = await db.FreezeExceptions.Where(exception => exception.DeploymentId == deployment.Id && exception.Status == FreezeExceptionStatus.Granted).ToListAsync(cancellationToken);
        if (granted.Count == 0) return null;

        var needs = (await db.MeasuredCalendarFactsAsync(deployment, at, cancellationToken)).Needs(deployment, at);
        var isLate = deployment.Slot?.End < at; // only an exception lets it start after its slot
        foreach (var exception in granted.Where(exception => exception.IsInForce(deployment.PlanDigest, 0, at) && at < exception.FreezeEnds && (isLate || exception.FreezeBegins < needs.End)))
        {
            if (exception.Use(deployment.RunCount, by, at).Error is { } refusal) return refusal;
            deployment.ExceptionUsed(exception, by, at);
        }

        return null;
    }

    /// <summary>A run under way goes on within a freeze that began meanwhile: it uses the exception that was granted for that.</summary>
    public static async Task UseExceptionsMidRunAsync(
        this DeployHubDb db, DeploymentId id, IReadOnlyCollection<FreezeExceptionId> passing, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (passing.Count == 0) return;

        var deployment = await db.Deployments.SingleAsync(known => known.Id == id, cancellationToken);
        foreach (var exception in await db.FreezeExceptions.Where(exception => passing.Contains(exception.Id) && exception.Status == FreezeExceptionStatus.Granted).ToListAsync(cancellationToken))
            if (exception.Use(deployment.RunCount, Actor.System, at).Error is null) deployment.ExceptionUsed(exception, Actor.System, at);
    }

    /// <summary>The plan only waits longer now: what was asked and decided about it holds.</summary>
    internal static async Task CarryExceptionsAsync(this DeployHubDb db, Deployment deployment, Digest before, CancellationToken cancellationToken)
    {
        foreach (var exception in await db.OpenExceptionsAsync(deployment, cancellationToken)) exception.Carry(before, deployment.PlanDigest);
    }

    /// <summary>Ends exceptions that are about something else by now: another plan, another time, or a deployment that is over. Others follow its slot.</summary>
    internal static async Task VoidExceptionsAsync(this DeployHubDb db, Deployment deployment, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var open = await db.OpenExceptionsAsync(deployment, cancellationToken);
        if (open.Count == 0) return;

        var isPast = deployment.IsOver || deployment.Slot?.End < at; // whoever waits beyond the slot keeps what was granted for it
        Occurrence? needs = isPast ? null : (await db.MeasuredCalendarFactsAsync(deployment, at, cancellationToken)).Needs(deployment, at);
        foreach (var exception in open)
            if (exception.VoidReason(deployment, needs, by) is not { } why) exception.Follow(deployment.Slot, at);
            else if (exception.Void(why).Error is null) deployment.ExceptionVoided(exception, by, at);
    }

    /// <summary>The number of the next exception whose time is over, in their order; null when no further one is.</summary>
    /// <param name="after">The number of the one before; empty for the first.</param>
    public static Task<string?> DueExceptionAsync(this DeployHubDb db, string after, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.FreezeExceptions
            .Where(exception => exception.Number.CompareTo(after) > 0
                && ((exception.Status == FreezeExceptionStatus.Granted && exception.ExpiresAt <= at)
                    || (exception.Status == FreezeExceptionStatus.Requested && (exception.DecideBy ?? exception.FreezeEnds) <= at)))
            .OrderBy(exception => exception.Number).Select(exception => exception.Number).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Ends an exception whose time is over; the caller commits. A row that another worker holds is passed over, so two of them do it once.</summary>
    /// <returns>False when it is not due any more, or held.</returns>
    public static async Task<bool> ExpireExceptionAsync(this DeployHubDb db, string number, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var due = await db.FreezeExceptions.FromSql(
            $"""
            select e.*, e.xmin from freeze_exceptions e
            where e.number = {number}
              and ((e.status = 'Granted' and e.expires_at <= {at}) or (e.status = 'Requested' and coalesce(e.decide_by, e.freeze_ends) <= {at}))
            for update skip locked
            """).ToListAsync(cancellationToken);
        if (due is not [var exception]) return false;

        if (exception.Expire(at).Error is { } refusal) throw new InvalidOperationException($"{number} refused to expire: {refusal.Message}");
        var deployment = await db.Deployments.SingleAsync(known => known.Id == exception.DeploymentId, cancellationToken);
        deployment.ExceptionExpired(exception, at);
        if (exception.ExpiresAt is null) await db.TakeReservedAsync(exception, deployment, at, cancellationToken);
        return true;
    }

    private static Task<List<FreezeException>> OpenExceptionsAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken) =>
        db.FreezeExceptions.Where(exception => exception.DeploymentId == deployment.Id
            && (exception.Status == FreezeExceptionStatus.Requested || exception.Status == FreezeExceptionStatus.Granted)).ToListAsync(cancellationToken);
}
