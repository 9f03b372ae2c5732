namespace DeployHub.Domain.Runs;

public enum PhaseStatus
{
    Pending,
    Running,
    Soaking,
    AwaitingPromotion,
    Passed,
    Failed,
    RolledBack,
    NotStarted,
}

public enum PhaseTrigger
{
    Begin,
    Soak,
    AskPromotion,
    Pass,
    Fail,
    Continue,
    RollBack,
    NeverStart,
}

/// <summary>An ordered portion of a stage: a batch of targets in Execute, everything at once in the others.</summary>
/// <param name="number">From 1 within its stage.</param>
/// <param name="name">Such as <c>Batch 2 of 3</c>.</param>
/// <param name="failureBudget">How many of its target runs may fail before the run halts.</param>
/// <param name="isRollback">Returns touched targets to their baseline.</param>
public sealed class PhaseRun(int number, string name, int failureBudget, bool isRollback = false)
{
    public int Number { get; } = number;

    public string Name { get; } = name;

    public int FailureBudget { get; } = failureBudget;

    public bool IsRollback { get; } = isRollback;

    public PhaseStatus Status { get; set; }

    public DateTimeOffset? BeganAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}
