using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Models.Improving;

/// <summary>A metric of a model as it was computed from records; nobody types one (domain MR-5, MR-11).</summary>
/// <param name="Value">A share from 0 to 1, or the median in seconds; see <see cref="ImprovementMetrics.IsRate"/>.</param>
/// <param name="Low">Lower end of the 95 % interval; null where fewer than five deployments stand behind it (MR-6).</param>
/// <param name="High">Its upper end.</param>
/// <param name="Count">How many of them did; null for a time.</param>
/// <param name="Deployments">How many stand behind it, at least one.</param>
/// <param name="From">Beginning of the window.</param>
/// <param name="To">Its end, which lies outside.</param>
public sealed record Measurement(ImprovementMetric Metric, double Value, double? Low, double? High, int? Count, int Deployments, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Null without data, never zero (MR-6).</summary>
    public static Measurement? Of(ImprovementMetric metric, Proportion rate, DateTimeOffset from, DateTimeOffset to) => rate.Value is { } share
        ? new Measurement(metric, share, rate.IsRate ? rate.Interval.Low : null, rate.IsRate ? rate.Interval.High : null, rate.Count, rate.Of, from, to)
        : null;

    /// <inheritdoc cref="Of(ImprovementMetric, Proportion, DateTimeOffset, DateTimeOffset)"/>
    public static Measurement? Of(ImprovementMetric metric, Timings times, DateTimeOffset from, DateTimeOffset to) => times.Median is { } median
        ? new Measurement(metric, median.TotalSeconds, times.MedianInterval?.Low.TotalSeconds, times.MedianInterval?.High.TotalSeconds, null, times.Count, from, to)
        : null;

    /// <summary>“87 % (40 of 46; 95 % interval 74 to 94 %)”, “4 h 6 min (median of 46; 95 % interval 3 h to 5 h)”, “3 of 4”.</summary>
    public override string ToString()
    {
        if (Count is { } count) return new Proportion(count, Deployments).ToString();

        var interval = this is { Low: { } low, High: { } high } ? $"; 95 % interval {Metric.Says(low)} to {Metric.Says(high)}" : "";
        return $"{Metric.Says(Value)} (median of {Deployments}{interval})";
    }
}
