using static DeployHub.Domain.Inventory.DriftStatus;
using static DeployHub.Domain.Inventory.DriftTrigger;

namespace DeployHub.Domain.Inventory;

/// <summary>Domain §2.3.5.</summary>
public enum DriftStatus
{
    Detected,

    /// <summary>Somebody looked and says that it is so.</summary>
    Confirmed,

    /// <summary>The target is again as it should be.</summary>
    Corrected,

    /// <summary>What was observed is desired from now on.</summary>
    AcceptedAsBaseline,

    /// <summary>A recorded run made the difference.</summary>
    ExplainedByRun,

    /// <summary>It is no difference that matters.</summary>
    FalsePositive,
}

public enum DriftTrigger
{
    Confirm,
    Correct,

    /// <summary>The next look no longer sees the difference.</summary>
    Vanish,

    /// <summary>Another value is seen than the one that somebody confirmed.</summary>
    Change,
    Accept,
    Explain,
    Dismiss,
}

/// <summary>The rows of domain §2.3.5. Whoever decides about an item confirms by that that it is there.</summary>
public static class DriftMoves
{
    public static readonly StateTable<DriftStatus, DriftTrigger> Table = new("drift-item")
    {
        { Detected, Confirm, Confirmed },
        { Detected, Correct, Corrected },
        { Detected, Vanish, Corrected },
        { Detected, Accept, AcceptedAsBaseline },
        { Detected, Explain, ExplainedByRun },
        { Detected, Dismiss, FalsePositive },
        { Confirmed, Correct, Corrected },
        { Confirmed, Vanish, Corrected },
        { Confirmed, Change, Detected },
        { Confirmed, Accept, AcceptedAsBaseline },
        { Confirmed, Explain, ExplainedByRun },
        { Confirmed, Dismiss, FalsePositive },
    };
}
