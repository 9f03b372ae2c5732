using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker;

/// <summary>One step that this worker may do now, with the fence that its report must carry.</summary>
internal sealed record Claimed(RunId Run, string RunName, TargetRunId TargetRun, int Fence, Stage Stage, string Subject, TargetId? Target, StepRun Step)
{
    public Attempt Attempt => Step.LastAttempt!;

    /// <summary>The same for every visit of one attempt (CR-4).</summary>
    public string Key => $"{RunName}/{Stage}/{Subject}/{Step.Number}#{Attempt.Number}";

    public static Claimed Of(Run run, TargetRun targetRun) =>
        new(run.Id, run.Name, targetRun.Id, targetRun.Fence, targetRun.Stage, targetRun.Subject, targetRun.TargetId, targetRun.CurrentStep!);
}

/// <summary>What an advance left for this worker.</summary>
/// <param name="LookAgainAt">When work that goes on by itself has to be looked at again; null for never.</param>
internal sealed record Advance(IReadOnlyList<Claimed> Claimed, DateTimeOffset? LookAgainAt)
{
    public static readonly Advance Nothing = new([], null);
}
