using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Slots;

/// <summary>What a worker does for deployments that are to start as time passes: it starts them at their slot, tells of missed slots, and gives up what nobody started.</summary>
public static class KeepingSlots
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Takes a deployment that is to start and about which time decides now, or none. Whoever takes it has it for a minute, so one that cannot be looked at keeps
    /// nobody from the others, and two workers do not look at the same one.
    /// </summary>
    public static async Task<DeploymentId?> TakeDueSlotAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (paused, expired, invalid) = (at - Pause, at - Deployment.ExpiresAfterSlot, at - StartGates.ApprovalValidity);
        var taken = await db.Database.SqlQuery<Guid>(
            $"""
            with due as (
                select deployment.id
                from deployments deployment
                left join slot_looks look on look.deployment_id = deployment.id
                where deployment.status in ('InReview', 'Scheduled') and (look.looked_at is null or look.looked_at <= {paused})
                  and ((deployment.status = 'Scheduled' and deployment.plan ->> 'start' = 'AtSlot' and deployment.slot_start <= {at} and deployment.slot_end >= {at}
                      and coalesce(deployment.last_started_at < deployment.slot_start - {StartGates.SlotTolerance}, true))
                    or (deployment.slot_end < {at} and deployment.missed_slot_end is distinct from deployment.slot_end
                      and coalesce(deployment.last_started_at < deployment.slot_start - {StartGates.SlotTolerance}, true))
                    or deployment.slot_end < {expired}
                    or (deployment.status = 'Scheduled' and deployment.slot_end is null and exists (
                        select from jsonb_array_elements(deployment.approvals) approval
                        where approval.value ->> 'status' = 'Approved' and (approval.value ->> 'decidedAt')::timestamptz < {invalid})))
                order by look.looked_at nulls first, deployment.slot_start
                limit 1
                for no key update of deployment skip locked)
            insert into slot_looks (deployment_id, looked_at) select due.id, {at} from due
            on conflict (deployment_id) do update set looked_at = excluded.looked_at
            returning deployment_id as "Value"
            """).ToListAsync(cancellationToken);
        return taken is [var id] ? new DeploymentId(id) : null;
    }

    /// <summary>Does what time asks for; the caller commits. Answers the run that was started, if one was.</summary>
    public static async Task<Run?> KeepSlotAsync(this DeployHubDb db, DeploymentId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var deployment = await db.LockDeploymentAsync(id, cancellationToken);
        if (deployment.Expire(at))
        {
            await db.VoidExceptionsAsync(deployment, Actor.System, at, cancellationToken); // what was kept for it is free again at once
            await db.FollowSuccessorsAsync([deployment], at, cancellationToken);
            return null;
        }

        return !deployment.MissSlot(at) && deployment.StartsItself(at) ? await db.StartItselfAsync(deployment, at, cancellationToken) : null;
    }

    private static async Task<Run?> StartItselfAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var run = await db.OpenItselfAsync(deployment, at, cancellationToken);
        if (run.Error is not { } refusal) return run.Value;

        await db.HoldAsync(deployment.Id, refusal, at, cancellationToken);
        return null;
    }

    private static async Task<Result<Run>> OpenItselfAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var facts = await db.GateFactsAsync(deployment, at, cancellationToken) with { Starter = await db.StarterAsync(deployment, at, cancellationToken) };
        var opened = deployment.StartItself(StartGates.For(deployment, facts, at), at);
        if (opened.Error is { } closed) return closed;

        return await db.UseExceptionsAsync(deployment, opened.Value, at, cancellationToken) is { } decider ? decider : await db.AddRunAsync(deployment, opened.Value, at, cancellationToken);
    }

    /// <summary>Nothing of the attempt stays but that it was held; the same reason is told once.</summary>
    private static async Task HoldAsync(this DeployHubDb db, DeploymentId id, Error refusal, DateTimeOffset at, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var look = await db.SlotLooks.SingleAsync(known => known.DeploymentId == id, cancellationToken);
        look.Told = (await db.LockDeploymentAsync(id, cancellationToken)).HoldStart(refusal.Message, look.Told, at);
    }

    private static Task<Deployment> LockDeploymentAsync(this DeployHubDb db, DeploymentId id, CancellationToken cancellationToken) =>
        db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.id = {id.Value} for update").SingleAsync(cancellationToken);
}
