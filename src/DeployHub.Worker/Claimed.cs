using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker;

/// <summary>One step that this worker may do now, with the fence that its report must carry.</summary>
internal sealed record Claimed(RunId Run, string RunName, TargetRunId TargetRun, int Fence, Stage Stage, int Phase, string Subject, TargetId? Target, StepRun Step)
{
    /// <summary>Until when a check has to observe its phase; null when it looks once.</summary>
    public DateTimeOffset? ObservesUntil { get; init; }

    /// <summary>Until when it is this worker's to begin; renewed while it works.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>How the target is reached right now; null when the subject is no target.</summary>
    public Connection? Connection { get; init; }

    public Attempt Attempt => Step.LastAttempt!;

    /// <summary>The same for every visit of one attempt (CR-4).</summary>
    public string Key => $"{RunName}/{Stage}.{Phase}/{Subject}/{Step.Number}#{Attempt.Number}";

    public static Claimed Of(Run run, TargetRun targetRun) =>
        new(run.Id, run.Name, targetRun.Id, targetRun.Fence, targetRun.Stage, targetRun.Phase, targetRun.Subject, targetRun.TargetId, targetRun.CurrentStep!)
        {
            LeaseUntil = targetRun.LeaseUntil!.Value,
            ObservesUntil = targetRun.Part is PhasePart.Watch ? run.Of(targetRun.Stage).Phases[targetRun.Phase - 1].SoaksUntil : null,
        };
}

/// <summary>What a hand tells when it is through with a visit.</summary>
/// <param name="Outcome">Null gives unfinished work back.</param>
internal sealed record Report(Claimed Claimed, StepOutcome? Outcome);

/// <summary>What an advance left for this worker.</summary>
/// <param name="LookAgainAt">When work that goes on by itself has to be looked at again; null for never.</param>
/// <param name="IsMoreDue">A free hand would find something to do.</param>
internal sealed record Advance(IReadOnlyList<Claimed> Claimed, DateTimeOffset? LookAgainAt, bool IsMoreDue)
{
    public static readonly Advance Nothing = new([], null, false);
}
