namespace DeployHub.Domain.Models.Steps;

/// <summary>Which change of a metric is bad.</summary>
public enum BadChange
{
    Increase,
    Decrease,
    Either,
}

/// <summary>How the size of a change is told.</summary>
public enum EffectSize
{
    /// <summary>The difference of the means as a part of the baseline's mean: 0.1 is ten percent.</summary>
    RelativeMean,

    /// <summary>
    /// Cliff's delta, from −1 to 1: how much more often a sample of the canary is above one of the baseline than below it. For metrics whose
    /// baseline is mostly zero, where a part of it says nothing.
    /// </summary>
    CliffsDelta,
}

/// <summary>
/// Compares what the canary's users get with what the others get, metric by metric, for as long as it observes a phase. A metric changed
/// when a two-sided Mann-Whitney U test finds it with 95 % confidence and the change is larger than what is allowed. The score is the
/// weight of the metrics that did not change for the worse, from 0 to 100. A source that does not answer, no samples, too few samples,
/// NaN and infinity can tell nothing: they never pass (domain §2.5, J3).
/// </summary>
/// <param name="Source">Address of a Prometheus-compatible server, such as <c>http://prometheus:9090</c>.</param>
/// <param name="Metrics">What is compared: 1 to 20.</param>
/// <param name="Pass">From this score on the check passes.</param>
/// <param name="Marginal">Below this score it fails; between the two it cannot tell, and a person decides.</param>
/// <param name="Window">How far back a look reaches, never before the observation began.</param>
/// <param name="Step">The distance of two samples: not below the scrape interval nor below a <c>rate(…[range])</c>, so that samples are independent.</param>
/// <param name="Every">The pause between two looks.</param>
/// <param name="Token">Bearer token for the source, such as <c>${secret:prometheus}</c>.</param>
public sealed record CheckCanary(
    string Source, IReadOnlyList<CanaryMetric> Metrics, int Pass = 95, int Marginal = 75, string Window = "30m", string Step = "15s", string Every = "1m", string? Token = null) : StepSettings;

/// <summary>One metric of the canary beside the same metric of the others.</summary>
/// <param name="Name">As evidence and reasons call it.</param>
/// <param name="Canary">PromQL that gives one series: what the canary does.</param>
/// <param name="Baseline">PromQL that gives one series: what is normal, over the same time.</param>
/// <param name="Direction">Which change is bad.</param>
/// <param name="MustPass">True lets the whole check fail when this metric does, at once when that is sure.</param>
/// <param name="Weight">Its part in the score, beside the others' weights.</param>
/// <param name="Effect">How the size of a change is told.</param>
/// <param name="Allowed">A change up to this size is none.</param>
/// <param name="Critical">A bad change above this size lets the whole check fail, at once when that is sure.</param>
/// <param name="MinimumSamples">With fewer on either side, the metric can tell nothing.</param>
public sealed record CanaryMetric(
    string Name, string Canary, string Baseline, BadChange Direction = BadChange.Increase, bool MustPass = false, int Weight = 1, EffectSize Effect = EffectSize.RelativeMean, string Allowed = "0.1",
    string? Critical = null, int MinimumSamples = 20);
