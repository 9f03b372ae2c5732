namespace DeployHub.Domain.Models.Analysis;

/// <summary>What is looked at: the last 20 runs or 90 days, whichever is more (domain §2.7); half-open, as every window (MR-1).</summary>
public readonly record struct AnalysisWindow(DateTimeOffset From, DateTimeOffset To)
{
    public const int LastRuns = 20;

    public static readonly TimeSpan Span = TimeSpan.FromDays(90);

    /// <param name="twentieth">When the twentieth run, counted back from now, was asked for; null while there are fewer.</param>
    public static AnalysisWindow Of(DateTimeOffset? twentieth, DateTimeOffset now) => new(twentieth is { } at && at < now - Span ? at : now - Span, now);

    public bool Holds(DateTimeOffset at) => at >= From && at < To;
}
