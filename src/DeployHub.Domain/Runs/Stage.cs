using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs;

/// <summary>The four lifecycle stages of a run, in order; none can be skipped (domain §2.2.2).</summary>
public enum Stage
{
    VerifyComponents,
    VerifyEnvironment,
    Execute,
    VerifyDeployment,
}

public enum StageStatus
{
    Pending,
    Running,
    Passed,
    PassedWithWaiver,
    Failed,
}

public enum StageTrigger
{
    Begin,
    Pass,
    PassWithWaiver,
    Fail,
    Continue,
}

/// <summary>One of the four stages of one run.</summary>
public sealed class StageRun(Stage stage, IReadOnlyList<PhaseRun> phases)
{
    public Stage Stage { get; } = stage;

    public StageStatus Status { get; set; }

    public DateTimeOffset? BeganAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How many targets may fail in all its phases together; null for no limit beyond that of each phase.</summary>
    public int? MaxFailedTargets { get; init; }

    /// <summary>What happens when the slot is over before the last phase has begun.</summary>
    public AtWindowEnd AtWindowEnd { get; init; }

    /// <summary>What happens to targets that have every version already.</summary>
    public AlreadyThere AlreadyThere { get; init; }

    /// <summary>Somebody let it go on although a check did not pass.</summary>
    public bool IsWaived { get; set; }

    /// <summary>In order; rollback phases are appended to those of Execute.</summary>
    public IReadOnlyList<PhaseRun> Phases { get; set; } = phases;

    public bool HasPassed => Status is StageStatus.Passed or StageStatus.PassedWithWaiver;
}
