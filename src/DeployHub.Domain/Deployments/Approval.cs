using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments;

/// <summary>Domain §2.3.2.</summary>
public enum ApprovalStatus
{
    Pending,
    Approved,
    Rejected,

    /// <summary>The plan changed materially afterwards.</summary>
    Void,

    Withdrawn,
}

/// <summary>A slot for one named person's decision, bound to one plan digest.</summary>
public sealed class Approval
{
    public required int Number { get; init; }

    /// <summary>What the approver must be qualified for.</summary>
    public required ApproverQuality Quality { get; init; }

    public ApprovalStatus Status { get; set; }

    public Actor? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? Reason { get; set; }

    /// <summary>What the decision was about.</summary>
    public Digest? PlanDigest { get; set; }
}
