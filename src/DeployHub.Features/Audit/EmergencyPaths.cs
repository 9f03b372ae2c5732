using DeployHub.Domain.Audit;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Audit;

/// <summary>CC-5 over every emergency.</summary>
internal static class EmergencyPaths
{
    public static async Task LookAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var (exception, deployment) in await FollowedAsync(db, cancellationToken)) exception.Follow(EmergencyPath.Of(deployment, at), at);
        foreach (var deployment in await SuspectsAsync(db, at, cancellationToken))
            if (EmergencyPath.Of(deployment, at) is { } found) await db.RaiseAsync(ControlCheck.EmergencyPath, new Checked(deployment.Id, deployment.Number), found, at, cancellationToken);
    }

    /// <summary>Open exceptions of emergencies that nothing is owed for any more.</summary>
    private static async Task<IEnumerable<(ControlException, Deployment)>> FollowedAsync(DeployHubDb db, CancellationToken cancellationToken)
    {
        const string Deferred = """[{"status":"Deferred"}]""";
        var open = await (from exception in db.OpenExceptions(ControlCheck.EmergencyPath)
                          join deployment in db.Deployments.FromSql($"select d.*, d.xmin from deployments d where not d.approvals @> {Deferred}::jsonb")
                              on exception.DeploymentId equals deployment.Id
                          select new { exception, deployment }).Take(CheckingControls.Most).ToListAsync(cancellationToken);
        return open.Select(found => (found.exception, found.deployment));
    }

    /// <summary>What started without a reference, or without an approval that was not given in time.</summary>
    private static Task<List<Deployment>> SuspectsAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken) => db.Deployments.FromSql(
        $"""
        select d.*, d.xmin from deployments d
        where (d.plan ->> 'category' = 'Emergency' and d.started_at is not null and d.plan ->> 'incident' is null and d.plan ->> 'rehearsal' is null)
          or (d.broken_glass is not null and exists (
            select from jsonb_array_elements(d.approvals) approval
            where approval ->> 'status' <> 'Void' and (approval ->> 'dueAt')::timestamptz <= coalesce((approval ->> 'decidedAt')::timestamptz, {at})))
        """)
        .AsNoTracking().Where(deployment => !db.ControlExceptions.Any(raised => raised.DeploymentId == deployment.Id && raised.Check == ControlCheck.EmergencyPath))
        .OrderBy(deployment => deployment.Number).Take(CheckingControls.Most).ToListAsync(cancellationToken);
}
