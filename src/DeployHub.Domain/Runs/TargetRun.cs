using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

public enum TargetRunStatus
{
    Pending,

    /// <summary>A worker may take it.</summary>
    Ready,

    InProgress,
    WaitingForPerson,
    Succeeded,
    Failed,

    /// <summary>Left out by a resolution.</summary>
    Deferred,

    /// <summary>Nothing to do: the target had every version when the lock was obtained.</summary>
    Unchanged,

    NotStarted,
}

public enum TargetRunTrigger
{
    Release,
    Withdraw,
    Claim,
    GiveBack,
    AskPerson,
    Answer,
    Succeed,
    Fail,
    Defer,
    LeaveAsIs,
    NeverStart,
    CallOff,
    WatchOn,
}

/// <summary>What a target run is within its phase; they follow each other.</summary>
public enum PhasePart
{
    /// <summary>Works on a target or looks at a component version.</summary>
    Work,

    /// <summary>Shifts the traffic, once the targets are done.</summary>
    Switch,

    /// <summary>Observes the phase while it soaks; changes nothing.</summary>
    Watch,
}

/// <summary>
/// What one worker takes at a time: the steps of one stage on one subject, a target or a component version. Only its run changes it.
/// </summary>
public sealed class TargetRun
{
    private TargetRun() { }

    public TargetRunId Id { get; private init; }

    public RunId RunId { get; internal set; }

    public Stage Stage { get; private init; }

    /// <summary>Number of its phase within the stage.</summary>
    public int Phase { get; private init; }

    public PhasePart Part { get; private init; }

    /// <summary>Order within the run.</summary>
    public int Ordinal { get; private init; }

    /// <summary>The target's name, <c>component label</c>, the environment's key for a switch, or the name of a check that observes.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>Null when the subject is no target.</summary>
    public TargetId? TargetId { get; private init; }

    /// <summary>Only workers of this pool may take it; null when any may.</summary>
    public string? Pool { get; private init; }

    public TargetRunStatus Status { get; internal set; }

    /// <summary>When a worker must look again at work that goes on by itself or is to be retried, or by when a person has to answer; null when at once or never.</summary>
    public DateTimeOffset? DueAt { get; internal set; }

    /// <summary>Counts claims. Every write carries it; a stale one changes nothing.</summary>
    public int Fence { get; internal set; }

    /// <summary>Until when its worker has it; null when nobody does.</summary>
    public DateTimeOffset? LeaseUntil { get; internal set; }

    public string? Worker { get; internal set; }

    public DateTimeOffset? BeganAt { get; internal set; }

    public DateTimeOffset? EndedAt { get; internal set; }

    public IReadOnlyList<StepRun> Steps { get; private set; } = [];

    /// <summary>
    /// The steps to do next or being done: one, or what is left of a group; none when all are over. After a failure what is under way beside
    /// it comes to its end, then those that clean up have their turn; while a person has to say what happened, nothing begins.
    /// </summary>
    public IEnumerable<StepRun> StepsAtHand
    {
        get
        {
            if (Steps.FirstOrDefault(step => step.AsksPerson) is { } asking) return Group(asking).Where(step => step.Status is StepStatus.Running);
            if (Steps.FirstOrDefault(step => step.HasFailed) is not { } failed) return Steps.FirstOrDefault(step => !step.IsOver) is { } next ? Group(next).Where(step => !step.IsOver) : [];
            if (Group(failed).Any(step => step.IsUnderWay)) return Group(failed).Where(step => step.IsUnderWay);

            return Steps.FirstOrDefault(step => (step.Number > failed.Number || step.IsBeside(failed)) && CleansUp(step)) is { } first ? Group(first).Where(CleansUp) : [];
        }
    }

    /// <summary>The only or the first of <see cref="StepsAtHand"/>; null when there is none.</summary>
    public StepRun? CurrentStep => StepsAtHand.FirstOrDefault();

    /// <summary>What its worker has in its hands now; the other steps at hand rest until they are due.</summary>
    public IEnumerable<StepRun> StepsHeld => LeaseUntil is null ? [] : StepsAtHand.Where(IsHeld);

    /// <summary>What rests while its worker has other steps in its hands.</summary>
    public IEnumerable<StepRun> StepsRestingBeside => StepsHeld.Any() ? StepsAtHand.Where(step => step.DueAt is not null) : [];

    /// <summary>Why it does not go on: what a person is asked about, wherever it stands, then the step that failed first and those that failed beside it.</summary>
    public IEnumerable<StepRun> FailedSteps => Steps.FirstOrDefault(IsWhy) is { } first
        ? Steps.Where(step => step.AsksPerson || (step.HasFailed && (step == first || step.IsBeside(first)))).OrderByDescending(step => step.AsksPerson).ThenBy(step => step.LastAttempt?.EndedAt) : [];

    /// <summary>The first of <see cref="FailedSteps"/>; null while nothing failed.</summary>
    public StepRun? FailedStep => FailedSteps.FirstOrDefault();

    /// <summary>Its part is over and as it was meant: done, or nothing was to do.</summary>
    public bool IsWell => Status is TargetRunStatus.Succeeded or TargetRunStatus.Unchanged;

    /// <summary>Somebody works on it. What was only made available is not under way: a halt withdraws it.</summary>
    public bool IsUnderWay => Status is TargetRunStatus.InProgress && !IsAvailable;

    /// <summary>The target may fetch its version by itself.</summary>
    public bool IsAvailable => AwaitsReport && CurrentStep!.Settings is AwaitPull;

    /// <summary>Somebody outside works on it: no worker has it, and a report or its deadline ends the step.</summary>
    public bool AwaitsReport => Status is TargetRunStatus.InProgress && LeaseUntil is null && CurrentStep?.ReportedBy is not null;

    /// <summary>Something may have been changed on the target.</summary>
    public bool IsTouched => Stage is Stage.Execute && Part is not PhasePart.Watch && Steps.Any(step => step.Status is StepStatus.SkippedByResolution || step.Attempts.Any(attempt => attempt.HasBegun));

    /// <summary>Its last check could neither pass nor fail.</summary>
    public bool IsInconclusive => Status is TargetRunStatus.Failed && FailedStep?.LastAttempt?.Outcome is StepOutcome.Inconclusive;

    /// <summary>People are asked to confirm, and not to do anything by hand.</summary>
    public bool AwaitsReaders => Status is TargetRunStatus.WaitingForPerson && CurrentStep?.Readers is not null;

    /// <summary>
    /// What the steps before have said, as <c>step.key.output</c>. Of a step that was done once for each version, the one of the same
    /// version counts.
    /// </summary>
    internal IReadOnlyDictionary<string, string> OutputsFor(StepRun step) =>
        Steps.Where(before => before.Number < step.Number && before.Key is not null).GroupBy(before => before.Key!)
            .Select(alike => alike.LastOrDefault(before => before.VersionId == step.VersionId) ?? alike.Last())
            .SelectMany(before => before.Outputs.Select(said => (Name: StepOutputs.NameOf(before.Key!, said.Key), said.Value)))
            .ToDictionary(said => said.Name, said => said.Value);

    public static TargetRun Plan(
        Stage stage, int phase, int ordinal, string subject, RunTarget? target, IReadOnlyList<StepRun> steps, PhasePart part = PhasePart.Work) => new()
        {
            Id = TargetRunId.New(),
            Stage = stage,
            Phase = phase,
            Part = part,
            Ordinal = ordinal,
            Subject = subject,
            TargetId = target?.Id,
            Pool = target?.Pool,
            Steps = steps,
        };

    /// <summary>A worker may take it now: released, or its own time has come.</summary>
    public bool IsClaimable(DateTimeOffset now) =>
        Status is TargetRunStatus.Ready || (Status is TargetRunStatus.InProgress && LeaseUntil is null && DueAt <= now);

    /// <summary>The steps at hand that nobody has and that a worker may take now.</summary>
    internal IEnumerable<StepRun> StepsDue(DateTimeOffset at) => StepsAtHand.Where(step => step.IsDue(at) && !IsHeld(step));

    private bool IsHeld(StepRun step) => LeaseUntil is not null && step is { Status: StepStatus.Running, DueAt: null };

    private IEnumerable<StepRun> Group(StepRun step) => step.Group is null ? [step] : Steps.Where(step.IsBeside);

    private static bool CleansUp(StepRun step) => step is { Runs: not StepRuns.OnSuccess, IsOver: false, HasFailed: false };

    private static bool IsWhy(StepRun step) => step.HasFailed || step.AsksPerson;

    public bool IsLost(DateTimeOffset now) => Status is TargetRunStatus.InProgress && LeaseUntil <= now;
}
