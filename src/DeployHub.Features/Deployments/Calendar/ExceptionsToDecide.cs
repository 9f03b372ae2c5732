using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>What the inbox says of exceptions from freezes.</summary>
internal static class ExceptionsToDecide
{
    private const int Most = 50;

    /// <summary>So many are looked through for those that the caller may decide about.</summary>
    private const int MostLookedAt = 500;

    private static readonly DeploymentStatus[] Waiting = [DeploymentStatus.Draft, DeploymentStatus.InReview, DeploymentStatus.Scheduled, DeploymentStatus.InProgress, DeploymentStatus.Halted];

    /// <summary>Those that wait for the caller's decision, the one whose freeze comes first first.</summary>
    public static async Task<IReadOnlyList<(DeploymentId Deployment, string Number, string Sentence)>> ExceptionsToDecideAsync(
        this DeployHubDb db, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.DecideFreezeExceptions)) return [];

        var asked = await (from exception in db.FreezeExceptions
                           where exception.Status == FreezeExceptionStatus.Requested
                           join freeze in db.Freezes on exception.FreezeId equals freeze.Id
                           join deployment in db.Deployments on exception.DeploymentId equals deployment.Id
                           where Waiting.Contains(deployment.Status)
                           orderby exception.FreezeBegins, exception.Number
                           select new { Exception = exception, Freeze = freeze, deployment.Plan, deployment.People }).AsNoTracking().Take(MostLookedAt).ToListAsync(cancellationToken);
        var owners = await db.ServicesByComponentAsync(asked.SelectMany(row => row.Plan.Versions, (_, version) => version.ComponentId), cancellationToken);
        return
        [
            .. asked.Where(row => row.Exception.Objection(row.Freeze, caller.QualitiesThroughout(owners.Of(row.Plan), row.Plan.Environment), [.. row.People.Where(named => named.Slot == RoleSlot.Operator).Select(named => named.Person)], caller.Actor) is null)
                .Take(Most)
                .Select(row => (row.Exception.DeploymentId, row.Exception.Number, $"{row.Exception.RequestedBy.Name} asks for an exception from “{row.Freeze.Name}”: {row.Exception.Justification}")),
        ];
    }
}
