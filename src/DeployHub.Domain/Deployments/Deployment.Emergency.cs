using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;

namespace DeployHub.Domain.Deployments;

/// <summary>What must be done now, and is answered for afterwards (domain §2.6).</summary>
public sealed partial class Deployment
{
    /// <summary>Null unless somebody let it start before it was approved.</summary>
    public BrokenGlass? BrokenGlass { get; private set; }

    /// <summary>Until when emergency approvers are waited for; null unless one is.</summary>
    public DateTimeOffset? EmergencyTimerEndsAt => IsEmergency ? Waiting().Select(approval => approval.AskedAt + ApprovalClock.EmergencyTimer).Max() : null;

    /// <summary>Owed after the glass was broken.</summary>
    public IEnumerable<Approval> Owed => Approvals.Where(approval => approval.Status is ApprovalStatus.Deferred);

    /// <summary>
    /// Lets an emergency start before anybody approved it, once its timer is over, or at once for severity 1. Everybody is told, and the approvals
    /// are owed within two working days.
    /// </summary>
    /// <param name="seen">The digest that the person saw.</param>
    /// <param name="isNamed">The person is named for it here (domain §4.2).</param>
    /// <param name="confirmation">The number, typed.</param>
    /// <param name="calendar">Says which days count.</param>
    public Result BreakTheGlass(Digest seen, bool isNamed, string confirmation, string reason, Actor by, DateTimeOffset at, WorkingDays calendar)
    {
        if (by.Kind is not ActorKind.Person) return DeploymentErrors.MachinesNeverApprove;
        if (!isNamed) return ApprovalErrors.NotNamed;
        if (Status is not DeploymentStatus.InReview || !IsEmergency || Plan.Incident is null) return ApprovalErrors.NoEmergency;
        if (seen != PlanDigest) return DeploymentErrors.DigestChanged;
        if (Plan.IncidentSeverity is not 1 && EmergencyTimerEndsAt is { } until && at < until) return ApprovalErrors.TimerRuns(until);
        if (confirmation.Trim() != Number) return ApprovalErrors.Confirm(Number);

        var due = ApprovalClock.LateDueAt(at, calendar);
        foreach (var pending in Waiting().ToList()) (pending.Status, pending.DueAt, pending.EscalatedAt) = (ApprovalStatus.Deferred, due, null);
        (BrokenGlass, ScheduledAt) = (new BrokenGlass(by, at, reason, PlanDigest), at);
        return Move(DeploymentTrigger.BreakGlass, $"{by.Name} broke the glass for {Plan.Incident}: {reason} Approval is owed by {due:yyyy-MM-dd HH:mm} UTC.", by, at);
    }

    /// <summary>What an approver says afterwards of what was started without approval: yes or no, and why. It stops nothing any more.</summary>
    /// <param name="operators">Who ever operated its runs.</param>
    /// <param name="isAuthor">The person is among the authors of the change, and so never the only approver (SOD-2).</param>
    public Result ApproveLate(
        Digest seen, bool agrees, IReadOnlyCollection<Role> roles, IReadOnlyCollection<ApproverQuality> qualities, string reason, IReadOnlyList<Actor> operators, Actor by, DateTimeOffset at,
        bool isAuthor = false)
    {
        if (by.Kind is not ActorKind.Person) return DeploymentErrors.MachinesNeverApprove;
        if (BrokenGlass is not { } broken || !Owed.Any()) return ApprovalErrors.NothingDeferred;
        if (seen != broken.PlanDigest) return DeploymentErrors.DigestChanged;
        if (Planners.Any(by.Is)) return DeploymentErrors.PlannerMayNotApprove(by);
        if (broken.By.Is(by) || operators.Any(by.Is)) return ApprovalErrors.OperatorMayNotApproveLate(by);
        if (Approvals.Any(approval => approval.IsLate && approval.DecidedBy?.Is(by) == true)) return DeploymentErrors.AlreadyApproved;
        if (Owed.FirstOrDefault(owed => ApprovalPolicy.Qualifies(owed.Slot, roles, qualities)) is not { } slot) return DeploymentErrors.NotQualified(Owed.First().Slot);

        if (agrees && isAuthor && Owed.Count() == 1 && GivenByPeople.All(IsPartial)) return ApprovalErrors.SoleAuthor(by);

        Decide(slot, agrees ? ApprovalStatus.Approved : ApprovalStatus.Rejected, seen, reason, by, at, []);
        slot.ByAuthor = isAuthor;
        Append("ApproveLate", $"{by.Name} {(agrees ? "approved afterwards what was" : "does not agree with what was")} started without approval{(at > slot.DueAt ? ", after the day it was due" : "")}: {reason}", by, at);
        return Result.Success;
    }
}
