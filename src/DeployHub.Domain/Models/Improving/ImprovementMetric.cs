using System.Globalization;

namespace DeployHub.Domain.Models.Improving;

/// <summary>A figure of a model that an improvement may move (domain M5, M6, D4), each over completed live deployments.</summary>
public enum ImprovementMetric
{
    /// <summary>Share that succeeded, with or without somebody's help.</summary>
    SuccessRate,

    /// <summary>Share that succeeded in its first run, without anybody's help.</summary>
    FirstTimeRight,

    /// <summary>Share that touched a live target and had to be led back or repaired.</summary>
    ChangeFailRate,

    /// <summary>From the submission to the verified end.</summary>
    LeadTime,

    /// <summary>The time of its runs.</summary>
    Duration,

    /// <summary>The time of the Execute stage.</summary>
    ExecuteTime,
}

/// <summary>How a metric is read, written and compared.</summary>
public static class ImprovementMetrics
{
    /// <summary>A share of deployments from 0 to 1; every other metric is a time in seconds, the median of them.</summary>
    public static bool IsRate(this ImprovementMetric metric) => metric is ImprovementMetric.SuccessRate or ImprovementMetric.FirstTimeRight or ImprovementMetric.ChangeFailRate;

    /// <summary>More of it is better; of every other metric less is.</summary>
    public static bool IsToRise(this ImprovementMetric metric) => metric is ImprovementMetric.SuccessRate or ImprovementMetric.FirstTimeRight;

    public static bool IsBetter(this ImprovementMetric metric, double value, double than) => metric.IsToRise() ? value > than : value < than;

    /// <summary>“87 %”, “4 h 6 min”.</summary>
    public static string Says(this ImprovementMetric metric, double value) =>
        metric.IsRate() ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.#} %") : Words.Of(TimeSpan.FromSeconds(value));

    /// <summary>Reads a target as people write it: <c>93</c> or <c>93 %</c> of a rate, <c>5h</c> of a time. Refused with <c>improvement.target-malformed</c>.</summary>
    public static Result<double> ReadTarget(this ImprovementMetric metric, string? text)
    {
        var written = (text ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (metric.IsRate() && double.TryParse(written.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent))
            return percent is >= 0 and <= 100 ? percent / 100 : ImprovementErrors.TargetMalformed(metric);

        var time = Duration.Parse(written);
        return metric.IsRate() || time.Error is not null || time.Value == TimeSpan.Zero ? ImprovementErrors.TargetMalformed(metric) : time.Value.TotalSeconds;
    }
}
