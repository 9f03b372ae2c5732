using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>How workers reach the looks of dry verifications.</summary>
public static class DueDryLooks
{
    /// <summary>Locks one that is due and that nobody else has locked; null when there is none. One that nobody came for is for any worker, to end it.</summary>
    public static Task<DryLook?> LockDueDryLookAsync(this DeployHubDb db, DateTimeOffset at, IEnumerable<string> pools, CancellationToken cancellationToken) =>
        db.DryLooks.FromSql($"select l.*, l.xmin from dry_looks l where l.due_at <= {at} and (l.pool is null or l.pool = any({pools.ToArray()}) or l.due_at <= {at - DryLook.Patience}) order by l.due_at, l.verification_id, l.ordinal limit 1 for update skip locked")
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Null when it is not kept any more.</summary>
    public static Task<DryLook?> LockDryLookAsync(this DeployHubDb db, DryVerificationId verification, int ordinal, CancellationToken cancellationToken) =>
        db.DryLooks.FromSql($"select l.*, l.xmin from dry_looks l where l.verification_id = {verification.Value} and l.ordinal = {ordinal} for update").SingleOrDefaultAsync(cancellationToken);

    /// <summary>How the deployment stands, and the keys of the components that it brings. The whole plan, with all its targets, is not read for that.</summary>
    public static async Task<(DeploymentStatus Status, string[] Components)> PlannedComponentsAsync(this DeployHubDb db, DryVerificationId verification, CancellationToken cancellationToken)
    {
        var status = await db.DryVerifications.Where(known => known.Id == verification)
            .Join(db.Deployments, known => known.DeploymentId, deployment => deployment.Id, (_, deployment) => deployment.Status).SingleAsync(cancellationToken);
        var components = await db.Database.SqlQuery<string>(
            $"""
            select version ->> 'component' as "Value" from dry_verifications v
            join deployments d on d.id = v.deployment_id
            cross join jsonb_array_elements(d.plan -> 'versions') version
            where v.id = {verification.Value}
            """).ToArrayAsync(cancellationToken);
        return (status, components);
    }
}
