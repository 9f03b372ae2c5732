using DeployHub.Domain.Deployments;

namespace DeployHub.Domain.Insights;

/// <summary>
/// One deployment's stay in the backlog (domain M9): from its first submission until it is completed, or withdrawn. What is sent back to draft stays in: the
/// demand still waits.
/// </summary>
/// <param name="Entered">When it was submitted first.</param>
/// <param name="Finished">When it was completed; null while it is not, and for what was withdrawn.</param>
/// <param name="Withdrawn">When it was cancelled or expired; null for everything else.</param>
public sealed record BacklogItem(string Number, DeploymentStatus Status, DateTimeOffset Entered, DateTimeOffset? Finished, DateTimeOffset? Withdrawn)
{
    /// <summary>When its plan was authorised last; null before.</summary>
    public DateTimeOffset? Authorised { get; init; }

    /// <summary>When its first run started; null before.</summary>
    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Left => Finished ?? Withdrawn;

    /// <summary>From entering to finishing; null while open, and for what was withdrawn.</summary>
    public TimeSpan? CycleTime => Finished - Entered;

    public bool IsOpenAt(DateTimeOffset at) => Entered <= at && !(Left <= at);

    public TimeSpan AgeAt(DateTimeOffset at) => at - Entered;
}
