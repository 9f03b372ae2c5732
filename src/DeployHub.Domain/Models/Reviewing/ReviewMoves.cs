using static DeployHub.Domain.Models.Reviewing.ReviewStatus;
using static DeployHub.Domain.Models.Reviewing.ReviewTrigger;

namespace DeployHub.Domain.Models.Reviewing;

/// <summary>Domain §2.1.2 A4.</summary>
public enum ReviewStatus
{
    Scheduled,

    /// <summary>People came together; what they say of the signals is still being written down.</summary>
    Held,

    Closed,
}

public enum ReviewTrigger
{
    Hold,
    Close,
}

public static class ReviewMoves
{
    public static readonly StateTable<ReviewStatus, ReviewTrigger> Table = new("review")
    {
        { Scheduled, Hold, Held },
        { Held, Close, Closed },
    };
}
