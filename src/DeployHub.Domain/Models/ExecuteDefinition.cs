namespace DeployHub.Domain.Models;

/// <summary>
/// The Execute stage. Every approach of domain §2.5 is these settings in some combination: which targets together, what shifts the traffic
/// after them, how long and with what checks each phase is observed, who lets the next one begin.
/// </summary>
public sealed record ExecuteDefinition
{
    public PhasePlan Phases { get; init; } = new AllAtOnce();

    /// <summary>How many targets of a phase may fail before the run halts: a count such as <c>1</c> or a share such as <c>10%</c>.</summary>
    public string FailureBudget { get; init; } = "0";

    /// <summary>How many targets of all phases together may fail: a count or a share; null for no limit beyond that of each phase.</summary>
    public string? MaxFailedTargets { get; init; }

    /// <summary>How long each phase is observed before the next one begins, unless the phase says otherwise; such as <c>10m</c>.</summary>
    public string Soak { get; init; } = "0s";

    /// <summary>Who lets the next phase begin, unless the phase says otherwise.</summary>
    public Promotion Promotion { get; init; } = Promotion.AutomaticOnPass;

    /// <summary>What follows a check that fails while a phase is observed.</summary>
    public OnBreach OnBreach { get; init; } = OnBreach.Halt;

    /// <summary>What happens when the slot is over before the last phase has begun.</summary>
    public AtWindowEnd AtWindowEnd { get; init; } = AtWindowEnd.FinishPhaseThenWait;

    /// <summary>What happens to targets that have every version of the plan already.</summary>
    public AlreadyThere AlreadyThere { get; init; } = AlreadyThere.LeaveUnchanged;

    /// <summary>Who brings the versions to the targets; null for a worker.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>With <see cref="Models.Distribution.Pull"/>: how many targets of a phase have to succeed by the deadline, such as <c>95%</c>; the rest are deferred.</summary>
    public string? Quota { get; init; }

    /// <summary>Once for each target.</summary>
    public required IReadOnlyList<StepDefinition> Steps { get; init; }

    /// <summary>Once for each phase, after its targets: what shifts the traffic to them, with <c>${phase.traffic}</c>.</summary>
    public IReadOnlyList<StepDefinition> Switch { get; init; } = [];

    /// <summary>Checks that observe each phase while it soaks, all at the same time.</summary>
    public IReadOnlyList<StepDefinition> Watch { get; init; } = [];
}

/// <summary>Who brings the versions to the targets (domain §2.5).</summary>
public enum Distribution
{
    /// <summary>A worker.</summary>
    Push,

    /// <summary>Each target fetches by itself, once its phase makes them available.</summary>
    Pull,
}

/// <summary>Who decides that the next phase may begin (domain §2.5).</summary>
public enum Promotion
{
    /// <summary>Nobody, when the soak is over and every check passed; a person, when a check could not tell.</summary>
    AutomaticOnPass,

    /// <summary>A person, each time.</summary>
    Manual,
}

/// <summary>What a breach leads to (domain §2.5).</summary>
public enum OnBreach
{
    /// <summary>The run halts and people decide.</summary>
    Halt,

    /// <summary>The run halts and rolls itself back at once.</summary>
    RollBack,
}

/// <summary>What Execute does with a target that has every version of the plan already, by what was observed there last.</summary>
public enum AlreadyThere
{
    /// <summary>Nothing; it is verified like every other target, and its result is <c>Unchanged</c> (domain §2.4.3).</summary>
    LeaveUnchanged,

    /// <summary>It gets the versions again.</summary>
    DeployAgain,
}

/// <summary>What a run does whose slot is over before its last phase has begun (domain §2.4.6).</summary>
public enum AtWindowEnd
{
    /// <summary>The phase under way is finished; then the run halts until somebody extends the slot or decides otherwise.</summary>
    FinishPhaseThenWait,

    /// <summary>The run goes on to its end.</summary>
    FinishRun,

    /// <summary>The phase under way is finished; then the run rolls itself back.</summary>
    RollBackIfNotDone,

    /// <summary>The run halts at once, inside the phase: what is under way on a target is let finish, and no other begins.</summary>
    HaltNow,
}
