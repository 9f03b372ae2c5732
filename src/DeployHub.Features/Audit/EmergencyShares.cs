using DeployHub.Domain.Audit;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Audit;

/// <summary>CC-6 over the live deployments of the last four weeks.</summary>
internal static class EmergencyShares
{
    public static async Task LookAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var counted = await CountAsync(db, at, cancellationToken);
        var found = EmergencyShare.Of(counted.Emergencies, counted.All, at);
        if (await db.OpenExceptions(ControlCheck.EmergencyShare).FirstOrDefaultAsync(cancellationToken) is { } open) open.Follow(found, at);
        else if (found is not null) await db.RaiseAsync(ControlCheck.EmergencyShare, null, found, at, cancellationToken);
    }

    private static async Task<Counted> CountAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken) => (await db.Database.SqlQuery<Counted>(
        $"""
        select count(*)::int as "all", count(*) filter (where deployment.plan ->> 'category' = 'Emergency')::int as emergencies
        from deployments deployment
        where deployment.completed_at > {at.AddDays(-EmergencyShare.Days)} and deployment.completed_at <= {at} and (deployment.plan ->> 'isLive')::boolean
          and deployment.plan ->> 'rehearsal' is null and coalesce(deployment.plan ->> 'reason', '') not in ('ModelRehearsal', 'Drill')
        """).ToListAsync(cancellationToken))[0];

    private sealed record Counted(int All, int Emergencies);
}
