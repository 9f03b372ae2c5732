using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Improving;

/// <summary>By what an accepted improvement is judged.</summary>
/// <param name="Baseline">The metric as it was when the improvement was accepted.</param>
/// <param name="Target">What it should become, in the unit of the baseline; better than that.</param>
public sealed record Goal(Measurement Baseline, double Target)
{
    [JsonIgnore]
    public ImprovementMetric Metric => Baseline.Metric;

    public bool IsReachedBy(Measurement after) => !Metric.IsBetter(Target, after.Value);

    /// <summary>“at least 93 %”, “at most 5 h”.</summary>
    public override string ToString() => $"at {(Metric.IsToRise() ? "least" : "most")} {Metric.Says(Target)}";
}
