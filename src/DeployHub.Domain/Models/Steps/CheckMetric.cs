namespace DeployHub.Domain.Models.Steps;

/// <summary>What a measured value has to be beside its threshold.</summary>
public enum Comparison
{
    AtMost,
    AtLeast,
}

/// <summary>
/// Compares a metric with a threshold or with a baseline, once, or for as long as it observes a phase. A source that does not answer, no
/// value, NaN, infinity and too few samples can tell nothing: they never pass (domain §2.5, J3).
/// </summary>
/// <param name="Source">Address of a Prometheus-compatible server, such as <c>http://prometheus:9090</c>.</param>
/// <param name="Query">PromQL that gives one value.</param>
/// <param name="Threshold">A number; or, with a baseline, what is added to it.</param>
/// <param name="Baseline">PromQL for what is normal: the threshold is then baseline × factor + threshold.</param>
/// <param name="Factor">What the baseline is multiplied with, such as <c>1.2</c>.</param>
/// <param name="Samples">PromQL for how many samples the value rests on.</param>
/// <param name="MinimumSamples">With fewer, a look can tell nothing.</param>
/// <param name="Breaches">How many looks in a row must be on the wrong side before the check fails.</param>
/// <param name="Every">The pause between two looks.</param>
/// <param name="Token">Bearer token for the source, such as <c>${secret:prometheus}</c>.</param>
/// <param name="Is">What the value has to be beside the threshold.</param>
public sealed record CheckMetric(
    string Source, string Query, string Threshold = "0", Comparison Is = Comparison.AtMost, string? Baseline = null, string Factor = "1",
    string? Samples = null, int MinimumSamples = 0, int Breaches = 3, string Every = "30s", string? Token = null) : StepSettings;
