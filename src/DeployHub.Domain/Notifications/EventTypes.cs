using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Notifications;

/// <summary>
/// The public names of what happens (domain Appendix D). <c>run.resumed</c> and <c>run.ended</c> are ours: who shows halts elsewhere has to
/// hear that one is over.
/// </summary>
public static class EventTypes
{
    /// <summary>Sent on request only, to try a receiver.</summary>
    public const string Test = "webhook.test";

    /// <summary>A difference that nobody knew before.</summary>
    public const string DriftDetected = "drift.detected";

    /// <summary>A version change on a live environment that no run explains has a record.</summary>
    public const string UnmanagedFound = "unmanaged.found";

    /// <summary>A model has a new version in use.</summary>
    public const string ModelPublished = "model.published";

    /// <summary>No new run starts with a model until somebody resumes it.</summary>
    public const string ModelSuspended = "model.suspended";

    /// <summary>Readers have yet to confirm, and are reminded of it.</summary>
    public const string AcknowledgementDue = "acknowledgement.due";

    private static readonly IReadOnlyDictionary<RunStatus, string> OfRuns = new Dictionary<RunStatus, string>
    {
        [RunStatus.Running] = "run.resumed",
        [RunStatus.Waiting] = "run.waiting",
        [RunStatus.Halted] = "run.halted",
        [RunStatus.RollingBack] = "run.rolling_back",
        [RunStatus.RolledBack] = "run.rolled_back",
        [RunStatus.Succeeded] = "run.succeeded",
        [RunStatus.Ended] = "run.ended",
    };

    private const string Started = "run.started";

    /// <summary>What a webhook may ask for.</summary>
    public static IReadOnlyList<string> All { get; } = [Started, .. OfRuns.OrderBy(named => named.Key).Select(named => named.Value), AcknowledgementDue, DriftDetected, UnmanagedFound, ModelPublished, ModelSuspended];

    /// <summary>Null for what nobody outside is told of: a change of a step, a target, a phase.</summary>
    /// <param name="startedAt">When its run began.</param>
    public static string? Of(RunEvent happened, DateTimeOffset? startedAt)
    {
        if (happened.Subject.StartsWith(RunEvent.OfReminder, StringComparison.Ordinal)) return AcknowledgementDue;
        if (happened.Subject != RunEvent.OfRun || !Enum.TryParse<RunStatus>(happened.Became, out var became)) return null;

        return became is RunStatus.Running && happened.At == startedAt ? Started : OfRuns.GetValueOrDefault(became);
    }
}
