using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker;

/// <summary>One step that this worker may do now, with the fence that its report must carry.</summary>
internal sealed record Claimed(RunId Run, string RunName, TargetRunId TargetRun, int Fence, Stage Stage, int Phase, string Subject, TargetId? Target, StepRun Step)
{
    /// <summary>Until when a check has to observe its phase; null when it looks once.</summary>
    public DateTimeOffset? ObservesUntil { get; init; }

    /// <summary>When the run began to execute on targets; null before.</summary>
    public DateTimeOffset? ExecuteBeganAt { get; init; }

    /// <summary>Until when it is this worker's to begin; renewed while it works.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>How the target is reached right now; null when the subject is no target.</summary>
    public Connection? Connection { get; init; }

    /// <summary>What one hand works on.</summary>
    public (TargetRunId, int Fence) Hold => (TargetRun, Fence);

    public Attempt Attempt => Step.LastAttempt!;

    /// <summary>The same for every visit of one attempt (CR-4).</summary>
    public string Key => $"{RunName}/{Stage}.{Phase}/{Subject}/{Step.Number}#{Attempt.Number}";

    /// <summary>One for each of the steps that run together.</summary>
    public static IEnumerable<Claimed> Of(Run run, TargetRun targetRun) => targetRun.StepsHeld.Select(step => Of(run, targetRun, step));

    public static Claimed Of(Run run, TargetRun targetRun, StepRun step) =>
        new(run.Id, run.Name, targetRun.Id, targetRun.Fence, targetRun.Stage, targetRun.Phase, targetRun.Subject, targetRun.TargetId, step)
        {
            ExecuteBeganAt = run.Of(Stage.Execute).BeganAt,
            LeaseUntil = targetRun.LeaseUntil!.Value,
            ObservesUntil = targetRun.Part is PhasePart.Watch ? run.Of(targetRun.Stage).Phases[targetRun.Phase - 1].SoaksUntil : null,
        };
}

/// <summary>What a hand tells of a step: a closed family.</summary>
internal abstract record Report(Claimed Claimed)
{
    /// <summary>It is through with a visit.</summary>
    public sealed record CameTo(Claimed Claimed, StepOutcome Outcome) : Report(Claimed);

    /// <summary>It cannot finish the visit.</summary>
    public sealed record GaveBack(Claimed Claimed) : Report(Claimed);

    /// <summary>The step rested while the hand was busy with others beside it, and is due.</summary>
    public sealed record IsDue(Claimed Claimed) : Report(Claimed);

    public bool EndsVisit => this is not IsDue;
}

/// <summary>What this worker can do now.</summary>
/// <param name="Free">How many hands are free for a target run, those that have just reported and may go on included; none when it is stopping.</param>
/// <param name="GoesOn">False when it is stopping: it begins no further step of what it has.</param>
/// <param name="TakesNew">False when it only goes on with what it has.</param>
internal readonly record struct Capacity(int Free, bool GoesOn, bool TakesNew);

/// <summary>What an advance left for this worker.</summary>
/// <param name="Resting">Steps that rest beside others which this worker has in its hands: nobody else can look at them when they are due.</param>
/// <param name="LookAgainAt">When work that goes on by itself has to be looked at again; null for never.</param>
/// <param name="IsMoreDue">A free hand would find something to do.</param>
internal sealed record Advance(IReadOnlyList<Claimed> Claimed, IReadOnlyList<Claimed> Resting, DateTimeOffset? LookAgainAt, bool IsMoreDue)
{
    public static readonly Advance Nothing = new([], [], null, false);
}
