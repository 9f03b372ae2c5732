using System.Text.Json.Serialization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;

namespace DeployHub.Domain.Deployments;

/// <summary>Domain §2.3.2.</summary>
public enum ApprovalStatus
{
    Pending,
    Approved,
    Rejected,

    /// <summary>The plan or its risk changed afterwards.</summary>
    Void,

    Withdrawn,

    /// <summary>Given longer ago than it holds; it has to be given anew.</summary>
    Expired,

    /// <summary>The glass was broken: it has to be given afterwards.</summary>
    Deferred,
}

/// <summary>A slot for one named person's decision, bound to one plan digest.</summary>
public sealed class Approval
{
    public required int Number { get; init; }

    /// <summary>What the approver must be qualified for.</summary>
    public required ApproverQuality Quality { get; init; }

    /// <summary>Only somebody with the role approver, of whatever quality, fills it.</summary>
    public bool ByApprover { get; init; }

    /// <summary>Only a deployment manager fills it.</summary>
    public bool ByManager { get; init; }

    /// <summary>Only the table of domain §2.6 asks for it, so a change that is authorised outside may stand for it.</summary>
    public bool ChangeMayGive { get; init; }

    /// <summary>Where the slot comes from, in a sentence; null for those from before it was kept.</summary>
    public string? Because { get; init; }

    public ApprovalStatus Status { get; set; }

    /// <summary>Since when it waits.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Who is asked before all others; null asks everybody who is qualified. Nobody else is kept from deciding.</summary>
    public Actor? AskedOf { get; set; }

    /// <summary>Whom an emergency calls one after the other, at most three; null for any other, and before anybody is called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Actor>? CallOrder { get; set; }

    /// <summary>Who was called, and when.</summary>
    public IReadOnlyList<ApproverCall> Calls { get; set; } = [];

    /// <summary>Who passed it on.</summary>
    public Actor? DelegatedBy { get; set; }

    public DateTimeOffset? RemindedAt { get; set; }

    public DateTimeOffset? EscalatedAt { get; set; }

    /// <summary>When somebody last reminded by hand whoever may decide.</summary>
    public DateTimeOffset? NudgedAt { get; set; }

    public Actor? DecidedBy { get; set; }

    /// <summary>The change that stands for it; null where a person decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GivenByChange? Change { get; set; }

    /// <summary>For whom it was decided: who had passed it on or was away (SOD-11).</summary>
    public Actor? InPlaceOf { get; set; }

    /// <summary>Whoever decided is among the authors of the change (SOD-2).</summary>
    public bool ByAuthor { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? Reason { get; set; }

    /// <summary>What the decision was about.</summary>
    public Digest? PlanDigest { get; set; }

    /// <summary>The stretch that windows opened around the slot when it was decided: it holds for slots within it. Null where none bound it, and for those from before it was kept.</summary>
    public Slot? Window { get; set; }

    /// <summary>Until when a deferred one has to be given; null for any other.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>It was given afterwards.</summary>
    public bool IsLate => DueAt is not null && Status is not (ApprovalStatus.Deferred or ApprovalStatus.Void);

    /// <summary>It was given afterwards, and after the day by which it was due.</summary>
    public bool IsAfterDue => IsLate && DecidedAt >= DueAt;

    /// <summary>What became of who decided, such as that their account was closed since.</summary>
    public string? Note { get; set; }

    /// <summary>Given, and about another time than this slot; what was given afterwards is about no time (domain §2.4.1, row 6).</summary>
    public bool IsOutside(Slot? slot) => this is { Status: ApprovalStatus.Approved, IsLate: false, Window: { } window } && (slot is null || slot.Start < window.Start || slot.End > window.End);

    /// <summary>It is asked for, or given, for a slot like this one; a change stands only for what it may give.</summary>
    internal bool Fills(NeededApproval slot) => Slot.IsSameSlotAs(slot) && (Change is null || slot.ChangeMayGive);

    [JsonIgnore]
    public NeededApproval Slot => new(Quality, Because ?? "", ByApprover, ByManager, ChangeMayGive);

    /// <summary>Who may still fill it, in words.</summary>
    [JsonIgnore]
    public string WhoCould => AskedOf is null ? Slot.WhoCould : $"{AskedOf.Name}, or {Slot.WhoCould}";
}
