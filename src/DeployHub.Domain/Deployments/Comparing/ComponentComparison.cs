namespace DeployHub.Domain.Deployments.Comparing;

/// <summary>What a planned version is to what runs on the planned targets now.</summary>
public enum ComparisonVerdict
{
    /// <summary>It is there already, on every target.</summary>
    Same,

    /// <summary>A later one replaces an earlier one.</summary>
    Forward,

    /// <summary>An earlier one replaces a later one.</summary>
    StepBack,

    /// <summary>The component is on none of the targets yet.</summary>
    First,

    /// <summary>The targets do not have the same now.</summary>
    Mixed,

    /// <summary>The component is taken away.</summary>
    Removed,
}

/// <summary>A version that runs on some of the planned targets.</summary>
/// <param name="Targets">Their names.</param>
/// <param name="Since">Since when the newest of them has it.</param>
/// <param name="Commit">As it was reported at registration; null where it was not.</param>
public sealed record LiveVersion(string Label, Digest Digest, IReadOnlyList<string> Targets, DateTimeOffset Since, DateTimeOffset RegisteredAt, string? Commit);

/// <summary>One component: what is live on the planned targets, and what comes.</summary>
/// <param name="Label">What comes.</param>
/// <param name="RegisteredAt">When that was registered: which of two versions is the later one is told by this. Null where the component is removed.</param>
/// <param name="Commit">From which it was built; null where nobody said.</param>
/// <param name="Absent">Targets that do not have the component.</param>
/// <param name="CommitsLink">Where the commits between what is live and what comes can be read; null where no repository is known.</param>
public sealed record ComponentComparison(
    string Component, string Label, Digest Digest, DateTimeOffset? RegisteredAt, string? Commit, IReadOnlyList<LiveVersion> Live, IReadOnlyList<string> Absent, string? CommitsLink = null)
{
    public ComparisonVerdict Verdict => this switch
    {
        { RegisteredAt: null } => Live.Count == 0 ? ComparisonVerdict.Same : ComparisonVerdict.Removed,
        { Live.Count: 0 } => ComparisonVerdict.First,
        { Live.Count: > 1 } or { Absent.Count: > 0 } => ComparisonVerdict.Mixed,
        _ when Live[0].Digest == Digest => ComparisonVerdict.Same,
        _ when IsLaterThan(Live[0]) => ComparisonVerdict.StepBack,
        _ => ComparisonVerdict.Forward,
    };

    /// <summary>Targets on which a later version would be replaced by this earlier one.</summary>
    public IReadOnlyList<string> StepsBackOn => [.. Live.Where(IsLaterThan).SelectMany(version => version.Targets)];

    /// <summary>That it is a step back, and from what, in a sentence; null where it is none.</summary>
    public string? StepBack => Live.Where(IsLaterThan).ToList() is { Count: > 0 } later
        ? $"A step back: {Component} {Label} is older than {Words.List(later.Select(version => version.Label))}, which {(later.Count == 1 ? "is" : "are")} there now on "
            + $"{Words.Count(StepsBackOn.Count, "target")}."
        : null;

    private bool IsLaterThan(LiveVersion live) => live.Digest != Digest && live.RegisteredAt > RegisteredAt;
}
