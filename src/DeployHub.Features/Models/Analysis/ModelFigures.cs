using DeployHub.Domain.Models;

namespace DeployHub.Features.Models.Analysis;

/// <summary>
/// What the list of models shows of each model's records. Analysing every model for a page would be slow, so workers do it from time to time; the
/// figures are those that the analysis of the model shows, as they were then.
/// </summary>
public sealed class ModelFigures
{
    public ModelId ModelId { get; init; }

    /// <summary>When a worker took it up last: nobody else does for a while.</summary>
    public DateTimeOffset LookedAt { get; set; }

    /// <summary>Null until it was analysed for the first time.</summary>
    public AnalysedFigures? Figures { get; set; }
}

/// <param name="Version">Number of the version in use then.</param>
/// <param name="Runs">Of that version, in the window of an analysis.</param>
/// <param name="Successes">Live deployments that succeeded, of <paramref name="Of"/>.</param>
/// <param name="Median">Half of the live deployments took at most this long.</param>
/// <param name="Signals">How many were found.</param>
/// <param name="Trend">Of the model in any version, thirteen windows of 28 days, the oldest first (MR-1).</param>
public sealed record AnalysedFigures(DateTimeOffset At, int Version, int Runs, int Successes, int Of, TimeSpan? Median, int Signals, IReadOnlyList<TrendWindow> Trend);

/// <summary>Live deployments that came to their end in 28 days.</summary>
public sealed record TrendWindow(int Successes, int Of);
