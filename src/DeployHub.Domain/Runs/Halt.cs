using System.Text.Json.Serialization;
using DeployHub.Domain.Access;

namespace DeployHub.Domain.Runs;

/// <summary>What people may choose to end a halt (domain §2.4.4).</summary>
public enum ResolutionChoice
{
    Retry,
    FixAndRecheck,
    AcceptWithWaiver,
    ExcludeTargets,
    ContinueManually,
    ExtendWindow,
    ReplaceComponent,
    Postpone,
    RollBack,
    RollForward,
    Abandon,
}

/// <summary>Where the cause lay, for learning from it.</summary>
public enum CauseClass
{
    Component,
    Environment,
    Model,
    Planning,
    Human,
    Supplier,
    External,
}

/// <summary>The recorded decision that ends a halt.</summary>
/// <param name="Diagnosis">What people found out; required.</param>
/// <param name="Remedy">What was fixed outside or done by hand, and where that is recorded.</param>
/// <param name="SupersededBy">Number of the deployment that fixes it forward.</param>
public sealed record Resolution(
    ResolutionChoice Choice, CauseClass CauseClass, string Diagnosis, Actor By, DateTimeOffset At, IReadOnlyList<string> Targets, bool ShouldModelChange = false,
    string? Remedy = null, Waiver? Waiver = null, string? SupersededBy = null);

/// <summary>The decision to go on although a check failed or could not tell (domain §1.4).</summary>
/// <param name="Until">When what was waived has to be put right.</param>
/// <param name="CompensatingMeasure">What is done meanwhile to bear the risk.</param>
public sealed record Waiver(DateTimeOffset Until, string CompensatingMeasure);

/// <summary>The state in which a run has stopped; nothing moves until it is resolved.</summary>
public sealed class Halt
{
    public required int Number { get; init; }

    public required HaltCause Cause { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public required string Sentence { get; init; }

    public required Stage Stage { get; init; }

    public int Phase { get; init; }

    /// <summary>Nothing failed and nobody stopped it: a gate was closed before a phase.</summary>
    public bool IsAtGate => Phase == 0 && Cause is not HaltCause.StoppedByPerson;

    public string? Step { get; init; }

    /// <summary>Subjects that failed when it halted.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    public required Actor DetectedBy { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>It halted while returning to the baseline.</summary>
    public bool WasRollingBack { get; init; }

    /// <summary>The run rolls itself back (OnBreach); false again once that turned out to be impossible.</summary>
    public bool RollsBack { get; set; }

    /// <summary>What the system did or tried by itself, in a sentence; null when nothing.</summary>
    public string? AutomaticAction { get; set; }

    public Resolution? Resolution { get; set; }

    [JsonIgnore]
    public bool IsOpen => Resolution is null;
}
