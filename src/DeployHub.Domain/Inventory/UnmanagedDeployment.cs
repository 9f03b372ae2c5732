using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory;

/// <summary>How a version came there that no run had brought.</summary>
/// <param name="Run">The run that did it; null when it was done outside of DeployHub.</param>
/// <param name="Change">Where the change is recorded, an address or a number; null for what DeployHub found out by itself.</param>
public sealed record Explanation(string Reason, string? Change, string? Run, Actor By, DateTimeOffset At);

/// <summary>
/// A version change on a live environment with no run to explain it (domain §1.3, §2.3.5). Drift items that show the same version of the same
/// component in one environment on one day are one record (domain M2).
/// </summary>
public sealed class UnmanagedDeployment
{
    private UnmanagedDeployment() { }

    public UnmanagedDeploymentId Id { get; private init; }

    /// <summary>Such as <c>UNM-2026-000017</c>; never given twice, and nothing numbered is deleted.</summary>
    public string Number { get; private init; } = "";

    public EnvironmentId EnvironmentId { get; private init; }

    public ComponentId ComponentId { get; private init; }

    /// <summary>The label that was seen, or <see cref="WatchedFact.Absent"/>.</summary>
    public string Observed { get; private init; } = "";

    /// <summary>The day of the first item, UTC.</summary>
    public DateOnly Day { get; private init; }

    /// <summary>When the first of its items was found.</summary>
    public DateTimeOffset SeenAt { get; private init; }

    public DateTimeOffset RecordedAt { get; private init; }

    /// <summary>Who confirmed the first of its items.</summary>
    public Actor RecordedBy { get; private init; } = Actor.System;

    public UnmanagedStatus Status { get; private set; }

    public Explanation? Explanation { get; private set; }

    public static DateOnly DayOf(DriftItem item) => DateOnly.FromDateTime(item.DetectedAt.UtcDateTime);

    public static UnmanagedDeployment Record(string number, EnvironmentId environment, ComponentId component, DriftItem item, Actor by, DateTimeOffset at) => new()
    {
        Id = UnmanagedDeploymentId.New(),
        Number = number,
        EnvironmentId = environment,
        ComponentId = component,
        Observed = item.Observed,
        Day = DayOf(item),
        SeenAt = item.DetectedAt,
        RecordedAt = at,
        RecordedBy = by,
    };

    /// <param name="run">Its name, known to have brought the version there.</param>
    public Result ExplainByRun(string run, string reason, Actor by, DateTimeOffset at) => Move(UnmanagedTrigger.NameRun, new Explanation(reason, null, run, by, at));

    /// <param name="isRegistered">What was seen is a registered version, or nothing.</param>
    /// <param name="isGone">None of its items is open.</param>
    /// <param name="component">Its key, for the sentence of a refusal.</param>
    public Result ExplainByChange(string reason, string? change, bool isRegistered, bool isGone, string component, Actor by, DateTimeOffset at)
    {
        if (UnmanagedMoves.Table.IsFinal(Status)) return UnmanagedErrors.IsExplained(Status);
        if (string.IsNullOrWhiteSpace(change)) return UnmanagedErrors.ChangeMissing;
        if (!isRegistered && !isGone) return UnmanagedErrors.MustBeRegistered(component, Observed);

        return Move(isRegistered ? UnmanagedTrigger.NameVersion : UnmanagedTrigger.SayItIsGone, new Explanation(reason, change, null, by, at));
    }

    /// <summary>What was decided about its items may already say how it came there; what was only put right says nothing.</summary>
    /// <param name="items">All of them.</param>
    public void Follow(IReadOnlyList<DriftItem> items)
    {
        if (UnmanagedMoves.Table.IsFinal(Status)) return;
        if (items.FirstOrDefault(item => item.Status is DriftStatus.AcceptedAsBaseline) is { } accepted) Adopt(UnmanagedTrigger.NameVersion, accepted);
        else if (items.All(item => item.Status is DriftStatus.ExplainedByRun)) Adopt(UnmanagedTrigger.NameRun, items[0]);
        else if (items.All(item => item.Status is DriftStatus.FalsePositive)) Adopt(UnmanagedTrigger.Dismiss, items[0]);
    }

    private void Adopt(UnmanagedTrigger trigger, DriftItem item)
    {
        var said = item.History[^1];
        Move(trigger, new Explanation(said.Text, said.Change, null, said.By, said.At));
    }

    private Result Move(UnmanagedTrigger trigger, Explanation explanation)
    {
        if (UnmanagedMoves.Table.IsFinal(Status)) return UnmanagedErrors.IsExplained(Status);
        var next = UnmanagedMoves.Table.Next(Status, trigger);
        if (next.Error is { } refusal) return refusal;

        (Status, Explanation) = (next.Value, explanation);
        return Result.Success;
    }
}
