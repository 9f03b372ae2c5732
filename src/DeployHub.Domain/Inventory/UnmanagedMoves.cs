using static DeployHub.Domain.Inventory.UnmanagedStatus;
using static DeployHub.Domain.Inventory.UnmanagedTrigger;

namespace DeployHub.Domain.Inventory;

/// <summary>What is known of where a version came from that no run brought (domain §1.3).</summary>
public enum UnmanagedStatus
{
    /// <summary>Nobody has said yet how it came there.</summary>
    Unmanaged,

    /// <summary>A recorded run did it after all.</summary>
    ExplainedByRun,

    /// <summary>It was done outside of DeployHub; what is there is a registered version, with reason and change.</summary>
    ExplainedByVersion,

    /// <summary>It was done outside of DeployHub and is gone again, with reason and change.</summary>
    ExplainedAndGone,

    /// <summary>There was no other version.</summary>
    FalsePositive,
}

public enum UnmanagedTrigger
{
    NameRun,
    NameVersion,
    SayItIsGone,
    Dismiss,
}

public static class UnmanagedMoves
{
    public static readonly StateTable<UnmanagedStatus, UnmanagedTrigger> Table = new("unmanaged-deployment")
    {
        { Unmanaged, NameRun, ExplainedByRun },
        { Unmanaged, NameVersion, ExplainedByVersion },
        { Unmanaged, SayItIsGone, ExplainedAndGone },
        { Unmanaged, Dismiss, FalsePositive },
    };
}
