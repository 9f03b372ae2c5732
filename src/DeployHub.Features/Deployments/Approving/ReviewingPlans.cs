using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Features.Partners;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>The order of steps by which a plan comes before people, or changes while it lies there: one for every command that does either.</summary>
internal static class ReviewingPlans
{
    /// <summary>
    /// Looks whether another slot may be, judges what the plan risks and who has to approve it, moves the deployment, ends exceptions that are about
    /// something else by now, asks whoever has to agree, and lets an authorised change stand for approvals where it does.
    /// </summary>
    /// <param name="bound">The plan and the slot as they are to be.</param>
    /// <param name="move">What is done to the deployment, once the plan is judged.</param>
    public static async Task<Result> ReviewAsync(
        this DeployHubDb db, Deployment deployment, BoundPlan bound, Func<PlanJudgement, Result> move, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var isAnotherSlot = deployment.Status is DeploymentStatus.Draft || bound.Slot != deployment.Slot; // what was declared over a slot since does not keep words from being edited
        if (isAnotherSlot && await db.SlotRefusalAsync(deployment, bound.Plan, bound.Slot, at, cancellationToken) is { } badSlot) return badSlot;

        var judged = await db.JudgeAsync(bound, at, cancellationToken);
        if (judged.Error is { } unauthorised) return unauthorised;
        if (judged.Value.Objection is { } unready) return unready;

        var moved = move(judged.Value);
        if (moved.Error is not null) return moved;

        await db.VoidExceptionsAsync(deployment, by, at, cancellationToken);
        var aligned = await db.AlignAsync(deployment, by, at, cancellationToken);
        if (aligned.Error is null) await db.FollowChangeAsync(deployment, at, cancellationToken);
        if (aligned.Error is null) await db.CallApproversAsync(deployment, at, cancellationToken);
        return aligned;
    }

    /// <summary>The same for the plan as it is stored, in another slot.</summary>
    public static async Task<Result> ReviewAsync(
        this DeployHubDb db, Deployment deployment, Slot? slot, Func<PlanJudgement, Result> move, Actor by, DateTimeOffset at, CancellationToken cancellationToken) =>
        await db.ReviewAsync(deployment, await db.BoundAsync(deployment, cancellationToken) with { Slot = slot }, move, by, at, cancellationToken);

    /// <summary>The stretch that windows open around its slot, for which an approval holds; null where no window binds it, or none ends.</summary>
    public static async Task<Slot?> ApprovableWindowAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (deployment.Slot is not { } slot || deployment.Plan.Category is ChangeCategory.Emergency) return null;

        var times = (await db.CalendarFactsAsync([deployment], at, cancellationToken))[deployment.Id].Times;
        return !times.IsUnbound && times.OpenAround(slot.Start > at ? slot.Start : at) is { } open && open.End < times.Range.End ? new Slot(open.Start, open.End) : null;
    }
}
