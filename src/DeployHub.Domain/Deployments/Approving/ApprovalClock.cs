namespace DeployHub.Domain.Deployments.Approving;

/// <summary>What time does to approvals (domain §2.2.3, §2.3.2, Appendix A).</summary>
public static class ApprovalClock
{
    /// <summary>How long an emergency approver is waited for before the glass may be broken.</summary>
    public static readonly TimeSpan EmergencyTimer = TimeSpan.FromMinutes(15);

    /// <summary>How many emergency approvers are called while that is waited for, each after an equal part of it.</summary>
    public const int Calls = 3;

    /// <summary>For a plan on demand, which has no slot that comes nearer: when approvers are reminded.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>By how many working days a deferred approval has to be given.</summary>
    public const int LateWorkingDays = 2;

    /// <summary>Half of the time to the slot; null for an emergency, which has no time for reminders.</summary>
    public static DateTimeOffset? RemindsAt(Approval approval, Slot? slot, bool isEmergency) =>
        approval.AskedAt is not { } asked || isEmergency ? null : asked + (Left(asked, slot) / 2 ?? Patience);

    /// <summary>Three quarters of the time to the slot; for an emergency when its timer is over.</summary>
    public static DateTimeOffset? EscalatesAt(Approval approval, Slot? slot, bool isEmergency) => (approval.AskedAt, isEmergency) switch
    {
        (null, _) => null,
        ({ } asked, true) => asked + EmergencyTimer,
        ({ } asked, false) => asked + (Left(asked, slot) * 3 / 4 ?? Patience * 2),
    };

    /// <summary>When the next emergency approver is called; null where nobody is.</summary>
    public static DateTimeOffset? CallsAt(Approval approval) =>
        approval is { AskedAt: { } asked, CallOrder: { } order } && approval.Calls.Count < order.Count ? asked + (EmergencyTimer / Calls * approval.Calls.Count) : null;

    public static DateTimeOffset? ExpiresAt(Approval approval) => approval.DecidedAt + StartGates.ApprovalValidity;

    /// <summary>The end of the last day on which a deferred approval is in time.</summary>
    public static DateTimeOffset LateDueAt(DateTimeOffset brokenAt, WorkingDays calendar) =>
        new(calendar.After(brokenAt, LateWorkingDays).AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    private static TimeSpan? Left(DateTimeOffset asked, Slot? slot) => slot is not null && slot.Start > asked ? slot.Start - asked : null;
}
