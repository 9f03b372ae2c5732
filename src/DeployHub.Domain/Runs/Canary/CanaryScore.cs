using DeployHub.Domain.Runs.Verifying;

namespace DeployHub.Domain.Runs.Canary;

/// <summary>One metric's part in the score.</summary>
/// <param name="MustPass">The canary fails when it does, whatever the score.</param>
public sealed record ScoredMetric(string Name, int Weight, bool MustPass, MetricComparison Comparison)
{
    /// <summary>Bad in a way that no other metric makes good.</summary>
    public bool DecidesAlone => Comparison.IsBad && (MustPass || Comparison.IsCritical);
}

/// <summary>All metrics together, weighted (domain §2.5: Pass / Fail / Inconclusive).</summary>
/// <param name="Pass">From this score on it passes.</param>
/// <param name="Marginal">Below this score it fails.</param>
public sealed record CanaryScore(IReadOnlyList<ScoredMetric> Metrics, int Pass, int Marginal)
{
    /// <summary>Metrics that are bad so clearly and so gravely that the canary should end at once.</summary>
    public IReadOnlyList<ScoredMetric> EndAtOnce => [.. Metrics.Where(metric => metric.DecidesAlone && metric.Comparison.IsSure)];

    /// <summary>Metrics that tell nothing.</summary>
    public IReadOnlyList<ScoredMetric> Silent => [.. Metrics.Where(metric => metric.Comparison.Class is MetricClass.NoData)];

    public IReadOnlyList<ScoredMetric> Bad => [.. Metrics.Where(metric => metric.Comparison.IsBad)];

    /// <summary>The weight of what passed, 0 to 100; what tells nothing has not passed.</summary>
    public double Value => Share(metric => metric.Comparison.Class is MetricClass.Pass);

    /// <summary>The score if everything that tells nothing had passed.</summary>
    public double AtBest => Share(metric => !metric.Comparison.IsBad);

    /// <summary>A person decides what is inconclusive. Missing data never pass, and never fail what they could still have saved.</summary>
    public Verdict Verdict => this switch
    {
        _ when Metrics.Any(metric => metric.DecidesAlone) || AtBest < Marginal => Verdict.Fail,
        _ when Silent.Count > 0 || Metrics.Count == 0 || Value < Pass => Verdict.Inconclusive,
        _ => Verdict.Pass,
    };

    private double Share(Func<ScoredMetric, bool> counts) =>
        Metrics.Count == 0 ? 0 : 100.0 * Metrics.Where(counts).Sum(metric => (long)metric.Weight) / Metrics.Sum(metric => (long)metric.Weight);
}
