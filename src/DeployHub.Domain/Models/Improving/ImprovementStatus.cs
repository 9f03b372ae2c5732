namespace DeployHub.Domain.Models.Improving;

/// <summary>Domain §2.3.4.</summary>
public enum ImprovementStatus
{
    Proposed,

    /// <summary>Its value, effort and risk are known; somebody has to decide.</summary>
    Assessed,

    /// <summary>Decided against, with a reason that its proposer reads.</summary>
    Declined,

    /// <summary>It goes on as another one.</summary>
    Merged,

    /// <summary>It has an owner, a day, and a figure that shows whether it helped.</summary>
    Accepted,
    InProgress,

    /// <summary>In use; what came of it is not known yet.</summary>
    Delivered,
    Evaluated,
}

public enum ImprovementTrigger
{
    Assess,
    Decline,
    Merge,
    Accept,
    Start,
    Deliver,
    Evaluate,
}
