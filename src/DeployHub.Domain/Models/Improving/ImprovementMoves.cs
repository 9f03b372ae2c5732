using static DeployHub.Domain.Models.Improving.ImprovementStatus;
using static DeployHub.Domain.Models.Improving.ImprovementTrigger;

namespace DeployHub.Domain.Models.Improving;

/// <summary>The rows of domain §2.3.4.</summary>
public static class ImprovementMoves
{
    public static readonly StateTable<ImprovementStatus, ImprovementTrigger> Table = new("improvement")
    {
        { Proposed, Assess, Assessed },
        { Proposed, Decline, Declined },
        { Assessed, Decline, Declined },
        { Proposed, Merge, Merged },
        { Assessed, Merge, Merged },
        { Assessed, Accept, Accepted },
        { Accepted, Start, InProgress },
        { InProgress, Deliver, Delivered },
        { Delivered, Evaluate, Evaluated },
    };
}
