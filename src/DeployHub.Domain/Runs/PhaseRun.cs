using System.Text.Json.Serialization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;

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

/// <summary>A person's word that the next phase may begin.</summary>
/// <param name="Reason">Required where a check could not tell.</param>
public sealed record PhasePromotion(Actor By, DateTimeOffset At, string? Reason);

/// <summary>An ordered portion of a stage: a batch, cohort, ring or share of the traffic in Execute, everything at once in the others.</summary>
/// <param name="number">From 1 within its stage.</param>
/// <param name="name">Such as <c>Batch 2 of 3</c>.</param>
/// <param name="failureBudget">How many of its targets may fail before the run halts.</param>
/// <param name="isRollback">Returns touched targets to their baseline.</param>
public sealed class PhaseRun(int number, string name, int failureBudget, bool isRollback = false)
{
    public int Number { get; } = number;

    public string Name { get; } = name;

    public int FailureBudget { get; } = failureBudget;

    public bool IsRollback { get; } = isRollback;

    /// <summary>How many of its targets have to succeed where they fetch by themselves; the rest are deferred then. Null where workers bring the versions.</summary>
    public int? Quota { get; init; }

    /// <summary>Percent of the traffic that reaches the new version when it is over; null when it leaves the traffic alone.</summary>
    public int? Traffic { get; init; }

    /// <summary>How long it is observed before the next phase begins.</summary>
    public TimeSpan Soak { get; init; }

    public Promotion Promotion { get; init; }

    public OnBreach OnBreach { get; init; }

    public PhaseStatus Status { get; set; }

    /// <summary>When the start gates were found open for it; null before, and where nothing is asked (domain §2.4.2).</summary>
    public DateTimeOffset? GatesOpenedAt { get; set; }

    /// <summary>When the run halts inside it because the slot is over; null where the model lets the phase be finished.</summary>
    public DateTimeOffset? HaltsAt { get; set; }

    public DateTimeOffset? BeganAt { get; set; }

    /// <summary>Until when it is observed at least; null before its work is done.</summary>
    public DateTimeOffset? SoaksUntil { get; set; }

    /// <summary>Since when it waits for a person to promote it.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>Null until a person promoted it, and for ever where nobody has to.</summary>
    public PhasePromotion? PromotedBy { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What works on targets is over; it is observed, or waits to be promoted.</summary>
    [JsonIgnore]
    public bool IsUnderObservation => Status is PhaseStatus.Soaking or PhaseStatus.AwaitingPromotion;
}
