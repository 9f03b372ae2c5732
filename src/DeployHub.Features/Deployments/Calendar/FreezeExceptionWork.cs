using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>An exception that somebody decides about, and what the decision depends on.</summary>
/// <param name="Operators">Who ever operated runs of the deployment.</param>
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
        var (service, environment) = await db.ScopeOfAsync(deployment, cancellationToken);
        if (caller.RefusalOf(Permission.DecideFreezeExceptions, service, environment) is { } refusal) return refusal;

        var operators = await db.OperatorsAsync(deployment.Id, cancellationToken);
        return new ExceptionToDecide(found.Value, freeze, deployment, caller.QualitiesIn(service, environment), operators);
    }

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

    /// <summary>The plan is another one now: nobody decided about that.</summary>
    internal static async Task VoidExceptionsAsync(this DeployHubDb db, Deployment deployment, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var open = await db.FreezeExceptions.Where(exception => exception.DeploymentId == deployment.Id
            && (exception.Status == FreezeExceptionStatus.Requested || exception.Status == FreezeExceptionStatus.Granted)).ToListAsync(cancellationToken);
        foreach (var exception in open.Where(exception => exception.PlanDigest != deployment.PlanDigest))
            if (exception.Void($"{by.Name} edited the plan to {deployment.PlanDigest.Short}; the exception was about {exception.PlanDigest.Short}.").Error is null) deployment.ExceptionVoided(exception, by, at);
    }

    /// <summary>Ends one exception whose time is over. A row that another worker holds is passed over, so two of them do it once.</summary>
    /// <returns>False when none is due.</returns>
    public static async Task<bool> ExpireOneExceptionAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var due = await db.FreezeExceptions.FromSql(
            $"""
            select e.*, e.xmin from freeze_exceptions e
            where (e.status = 'Granted' and e.expires_at <= {at}) or (e.status = 'Requested' and e.freeze_ends <= {at})
            order by e.number limit 1 for update skip locked
            """).ToListAsync(cancellationToken);
        if (due is not [var exception]) return false;

        if (exception.Expire(at).Error is { } refusal) throw new InvalidOperationException($"It refused to expire: {refusal.Message}");
        (await db.Deployments.SingleAsync(deployment => deployment.Id == exception.DeploymentId, cancellationToken)).ExceptionExpired(exception, at);
        return true;
    }
}
