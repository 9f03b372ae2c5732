namespace DeployHub.Domain.Runs;

/// <summary>Domain §2.4.3, run.</summary>
public enum RunStatus
{
    Queued,
    Running,
    Waiting,
    Halted,
    RollingBack,

    /// <summary>Every touched target is back at its baseline.</summary>
    RolledBack,

    /// <summary>Stopped for good by a resolution.</summary>
    Ended,

    Succeeded,
}

public enum RunTrigger
{
    TakeLease,
    Wait,
    Resume,
    Halt,
    Continue,
    RollBack,
    CompleteRollback,
    End,
    Succeed,
}

/// <summary>What a waiting run waits for (domain §2.4.3).</summary>
public enum WaitingReason
{
    Approval,
    ManualStep,
    Soak,
    Promotion,
    Acknowledgement,
    ExternalReport,
    Window,
    Lock,
}
