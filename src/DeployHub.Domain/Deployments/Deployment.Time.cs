using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;

namespace DeployHub.Domain.Deployments;

/// <summary>What time does to approvals (domain §2.2.3, §2.3.2).</summary>
public sealed partial class Deployment
{
    /// <summary>When time does something to its approvals next; null while it does nothing.</summary>
    public DateTimeOffset? ApprovalsDueAt { get; private set; }

    /// <summary>Reminds, asks everybody, lets old approvals expire. Looking twice changes nothing.</summary>
    public void PassTime(DateTimeOffset at)
    {
        CallNext(at);
        foreach (var pending in Waiting().ToList()) Remind(pending, at);
        foreach (var owed in Approvals.Where(approval => approval is { Status: ApprovalStatus.Deferred, EscalatedAt: null } && approval.DueAt <= at).ToList())
        {
            owed.EscalatedAt = at;
            Append(
                "MissRetrospective",
                $"The retrospective approval of the broken glass was due by {owed.DueAt:yyyy-MM-dd HH:mm} UTC and is overdue: {owed.Slot.WhoCould} gives it.", Actor.System, at);
        }

        ExpireApprovals(at);
        WindApprovalClock();
    }

    /// <summary>Somebody who was asked cannot decide any more: their slot is everybody's again. What they approved stands, since they could then, with a note.</summary>
    /// <param name="why">Goes on from the name, such as “has no account any more”.</param>
    public void LoseApprover(Actor approver, string why, DateTimeOffset at)
    {
        foreach (var asked in Approvals.Where(approval => approval.Status is ApprovalStatus.Pending && approval.AskedOf?.Is(approver) == true).ToList())
        {
            (asked.AskedOf, asked.DelegatedBy) = (null, null);
            Append("EscalateApproval", $"{approver.Name} {why}, so everybody who is qualified is asked again: {asked.Slot.WhoCould}.", Actor.System, at);
        }

        foreach (var given in Approvals.Where(approval => approval.Status is ApprovalStatus.Approved && approval.DecidedBy!.Is(approver) && approval.Note is null))
            given.Note = $"{approver.Name} {why} since {at:yyyy-MM-dd}; the approval was given before and stands.";
    }

    private IEnumerable<Approval> Waiting() => Status is DeploymentStatus.InReview ? Approvals.Where(approval => approval.Status is ApprovalStatus.Pending) : [];

    private bool IsEmergency => Plan.Category is ChangeCategory.Emergency;

    /// <summary>
    /// When an approval has to be given anew; null while it has not. With a slot only what runs out before the slot ends does: afterwards the plan
    /// needs another slot first or is given up, as one that is scheduled on demand is at once.
    /// </summary>
    private DateTimeOffset? RunsOutAt(Approval approval) => (Status, Slot) switch
    {
        _ when approval.Change is not null => null, // looked at again and again: it counts until the tool says otherwise
        (DeploymentStatus.InReview or DeploymentStatus.Scheduled, { } slot) => ApprovalClock.ExpiresAt(approval) is { } expires && expires < slot.End ? expires : null,
        (DeploymentStatus.InReview, null) => ApprovalClock.ExpiresAt(approval),
        _ => null,
    };

    private void Remind(Approval pending, DateTimeOffset at)
    {
        if (pending.EscalatedAt is null && ApprovalClock.EscalatesAt(pending, Slot, IsEmergency) <= at)
        {
            (pending.AskedOf, pending.DelegatedBy, pending.EscalatedAt, pending.RemindedAt) = (null, null, at, at);
            Append("EscalateApproval", IsEmergency
                ? $"No emergency approver has decided within {ApprovalClock.EmergencyTimer.TotalMinutes:0} minutes: whoever is named for it may break the glass."
                : $"Time runs out and nobody has decided: everybody who is qualified is asked, {pending.Slot.WhoCould}.", Actor.System, at);
        }
        else if (pending.RemindedAt is null && ApprovalClock.RemindsAt(pending, Slot, IsEmergency) <= at)
        {
            pending.RemindedAt = at;
            Append("EscalateApproval", $"{(Slot is null ? "A day" : "Half of the time to the slot")} is over and {pending.WhoCould} has not decided yet: a reminder.", Actor.System, at);
        }
    }

    /// <summary>What was said after a start without approval stays said: nothing waits for it, so it neither runs out nor is asked for again.</summary>
    private void ExpireApprovals(DateTimeOffset at)
    {
        var old = Approvals.Where(approval => approval is { Status: ApprovalStatus.Approved, IsLate: false } && RunsOutAt(approval) <= at).ToList();
        if (old.Count == 0) return;

        foreach (var approval in old) approval.Status = ApprovalStatus.Expired;
        OpenApprovals([.. old.Select(approval => approval.Slot)], at);
        var text = $"{Words.List(old.Select(approval => $"the approval by {approval.DecidedBy!.Name}"))} was given more than {StartGates.ApprovalValidity.TotalDays:0} days ago and has expired: it has to be given anew.";
        text = $"{char.ToUpperInvariant(text[0])}{text[1..]}";
        if (Status is DeploymentStatus.Scheduled) Must(Move(DeploymentTrigger.ExpireApproval, text, Actor.System, at));
        else Append("ExpireApproval", text, Actor.System, at);
    }

    /// <summary>Done after whatever happened, so that the sweep finds it.</summary>
    private void WindApprovalClock()
    {
        ApprovalsDueAt = Waiting().Where(approval => approval.RemindedAt is null).Select(approval => ApprovalClock.RemindsAt(approval, Slot, IsEmergency))
            .Concat(Waiting().Where(approval => approval.EscalatedAt is null).Select(approval => ApprovalClock.EscalatesAt(approval, Slot, IsEmergency)))
            .Concat(Waiting().Select(ApprovalClock.CallsAt))
            .Concat(Approvals.Where(approval => approval is { Status: ApprovalStatus.Approved, IsLate: false }).Select(RunsOutAt))
            .Concat(Approvals.Where(approval => approval is { Status: ApprovalStatus.Deferred, EscalatedAt: null }).Select(approval => approval.DueAt))
            .Min();
    }
}
