using DeployHub.Domain.Access;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments;

/// <summary>What time does to a deployment: it starts by itself, misses its slot, expires (domain §2.4.1, rows 7 and 12).</summary>
public sealed partial class Deployment
{
    /// <summary>So long after the end of its slot a plan that was not started is given up (domain Appendix A).</summary>
    public static readonly TimeSpan ExpiresAfterSlot = TimeSpan.FromDays(14);

    /// <summary>The end of the slot that passed without a start; null while none did.</summary>
    public DateTimeOffset? MissedSlotEnd { get; private set; }

    /// <summary>When its newest run started; null before the first, and again once it has another slot.</summary>
    public DateTimeOffset? LastStartedAt { get; private set; }

    /// <summary>
    /// It is to start by itself and its slot has begun. Once in a slot: a run that started in it and was postponed is followed by another one only when
    /// a person starts that, or moves the slot.
    /// </summary>
    public bool StartsItself(DateTimeOffset at) =>
        Status is DeploymentStatus.Scheduled && Plan.Start is StartMode.AtSlot && Slot is { } slot && slot.Start <= at && at <= slot.End && !StartedIn(slot);

    /// <summary>Its slot passed without a start, and nobody has given it another one yet. It counts as not adherent (M8).</summary>
    public bool IsMissed => IsToStart && Slot is { } slot && MissedSlotEnd == slot.End;

    /// <summary>When it is given up unless it starts or gets another slot; null while nothing says so.</summary>
    public DateTimeOffset? ExpiresAt => (Status, Slot) switch
    {
        (DeploymentStatus.InReview or DeploymentStatus.Scheduled, { } slot) => slot.End + ExpiresAfterSlot,
        (DeploymentStatus.Scheduled, null) =>
            GivenByPeople.Min(approval => approval.DecidedAt) + StartGates.ApprovalValidity,
        _ => null,
    };

    /// <summary>On whose behalf it starts by itself: the operator whom the plan names, or the person or machine that planned it last.</summary>
    public Actor Starter => PeopleOf(RoleSlot.Operator) is [var named, ..] ? named : Planners[^1];

    /// <summary>
    /// Starts run <see cref="RunCount"/> + 1 at its slot, on behalf of its <see cref="Starter"/>, who operates it until somebody takes over: so every
    /// rule that keeps an operator from deciding holds. Refused like a start by people, with <c>SOD-3</c> for a sole approver of a live plan, and
    /// with <c>SOD-6</c> where no person approved it.
    /// </summary>
    /// <param name="gates">As they stand for the <see cref="Starter"/>.</param>
    /// <returns>The operator.</returns>
    public Result<Actor> StartItself(IReadOnlyList<Gate> gates, DateTimeOffset at)
    {
        if (!StartsItself(at)) return DeploymentErrors.StartedByPeople(Number);
        if (gates.Any(gate => !gate.IsOpen)) return DeploymentErrors.GatesClosed([.. gates.Where(gate => !gate.IsOpen)]);
        if (Plan.IsLive && Authorisation is null && !GivenByPeople.Any()) return DeploymentErrors.NobodyApprovedIt;
        if (Plan.IsLive && IsSoleApprover(Starter)) return DeploymentErrors.SoleApproverMayNotStart(Starter);

        NoteGates(gates, at);
        var moved = OpenRun($"DeployHub started run R{RunCount + 1} at the slot.", Actor.System, at);
        if (moved.Error is { } refusal) return refusal;

        Append("StartByItself", $"It started by itself, on behalf of {Starter.Name}, who operates it until somebody takes over.", Actor.System, at);
        return Starter;
    }

    /// <summary>It should have started by itself and could not; the same is told once.</summary>
    /// <param name="told">What was told last; null for nothing.</param>
    /// <returns>What is told now.</returns>
    public string HoldStart(string why, string? told, DateTimeOffset at)
    {
        var text = $"It did not start by itself. {why} It is tried again until the slot ends at {Slot!.End:yyyy-MM-dd HH:mm} UTC.";
        if (text != told) Append("HoldStart", text, Actor.System, at);
        return text;
    }

    /// <summary>The slot is over and no run started in it. False when it is not, or was told already.</summary>
    public bool MissSlot(DateTimeOffset at)
    {
        if (!IsToStart || Slot is not { } slot || slot.End >= at || MissedSlotEnd == slot.End || StartedIn(slot)) return false;

        MissedSlotEnd = slot.End;
        Append(
            "MissSlot", $"The slot passed without a start at {slot.End:yyyy-MM-dd HH:mm} UTC. {Owner.Name} has to give it another slot or cancel it; it expires on {slot.End + ExpiresAfterSlot:yyyy-MM-dd}.",
            Actor.System, at);
        return true;
    }

    /// <summary>Gives up what nobody started: 14 days after its slot, or on demand when an approval does not hold any more. False before.</summary>
    public bool Expire(DateTimeOffset at)
    {
        if (ExpiresAt is not { } expires || expires >= at) return false;

        var why = Slot is { } slot ? $"its slot ended at {slot.End:yyyy-MM-dd HH:mm} UTC and no run started since" : "an approval ran out before a run started";
        return Move(DeploymentTrigger.Expire, $"It expired: {why}. Plan another deployment to go on.", Actor.System, at).Error is null;
    }

    /// <summary>
    /// Approvals were given for a window: for a slot outside of it they are given anew (domain §2.4.1, row 6). A broken glass is answered for
    /// afterwards whenever it happens, so nothing is asked anew.
    /// </summary>
    private Result ReviewOutsideWindow(DateTimeOffset at)
    {
        var outside = Approvals.Where(approval => approval.IsOutside(Slot)).ToList();
        if (outside.Count == 0 || BrokenGlass is not null) return Result.Success;

        foreach (var approval in outside) approval.Status = ApprovalStatus.Void;
        OpenApprovals([.. outside.Select(approval => approval.Slot)], at);
        var who = Words.List(outside.Select(approval => approval.DecidedBy!.Name).Distinct());
        return Move(DeploymentTrigger.LeaveWindow, $"The slot lies outside the window for which {who} approved it: it has to be approved anew.", Actor.System, at);
    }

    private bool IsToStart => Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled;

    /// <summary>
    /// Where a live plan starts by itself, whoever moves the slot chooses when it starts and so counts as its starter (SOD-3): its sole approver may
    /// not, and whoever did has planned it and may not approve it any more.
    /// </summary>
    private Error? ChooseStart(Actor by)
    {
        if (Plan is not { Start: StartMode.AtSlot, IsLive: true }) return null;
        if (IsSoleApprover(by)) return DeploymentErrors.SoleApproverMayNotMove(by);

        if (!Approvers.Any(by.Is)) Planners = [.. Planners.Where(planner => !planner.Is(by)), by];
        return null;
    }

    /// <summary>In another slot nothing has started yet, however near it is to the one before.</summary>
    private void TakeSlot(Slot? slot)
    {
        if (slot != Slot) (Slot, LastStartedAt) = (slot, null);
    }

    private bool StartedIn(Slot slot) => LastStartedAt >= slot.Start - StartGates.SlotTolerance;
}
