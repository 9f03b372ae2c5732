using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs.Canary;

/// <summary>What became of a metric on the canary.</summary>
public enum MetricClass
{
    /// <summary>Not changed, or not for the worse.</summary>
    Pass,

    /// <summary>Higher than the baseline, which is bad.</summary>
    High,

    /// <summary>Lower than the baseline, which is bad.</summary>
    Low,

    /// <summary>Nothing can be told.</summary>
    NoData,
}

/// <summary>What counts as a change for the worse.</summary>
/// <param name="Allowed">Up to this size a change is none.</param>
/// <param name="Critical">A bad change above this size is critical; null when none is.</param>
/// <param name="MinimumSamples">On each side.</param>
public sealed record ChangeLimits(BadChange Bad, EffectSize Effect, double Allowed, double? Critical, int MinimumSamples);

/// <summary>One sample in numbers.</summary>
public readonly record struct SampleSummary(int Count, double Mean, double Median)
{
    public static SampleSummary Of(IReadOnlyList<double> values)
    {
        var ordered = values.Order().ToArray();
        return new SampleSummary(ordered.Length, ordered.Sum(value => value / ordered.Length), (ordered[(ordered.Length - 1) / 2] / 2) + (ordered[ordered.Length / 2] / 2));
    }
}

/// <summary>A metric of the canary beside the same metric of the baseline (domain §2.5).</summary>
/// <param name="P">Of the Mann-Whitney U test.</param>
/// <param name="Size">The effect's size, above zero for an increase; infinite where the baseline's mean is zero and the canary's is not.</param>
/// <param name="IsCritical">Bad beyond the critical limit.</param>
/// <param name="WhyNot">Why nothing can be told, in words that follow the metric's name.</param>
public sealed record MetricComparison(MetricClass Class, SampleSummary Canary, SampleSummary Baseline, double P, double Size, bool IsCritical, string? WhyNot)
{
    /// <summary>A difference at the end of an observation is one when chance alone shows it less often than this.</summary>
    public const double Significant = 0.05;

    /// <summary>Many looks find by chance what one would not: what ends an observation early must be this unlikely.</summary>
    public const double Sure = 0.001;

    public bool IsBad => Class is MetricClass.High or MetricClass.Low;

    /// <summary>Bad, and so clearly that nothing is gained by looking longer.</summary>
    public bool IsSure => IsBad && P < Sure;

    public static MetricComparison Of(IReadOnlyList<double> canary, IReadOnlyList<double> baseline, ChangeLimits limits)
    {
        var trouble = Trouble("canary", canary, limits) ?? Trouble("baseline", baseline, limits);
        return trouble is null ? Judged(Numbers(canary), Numbers(baseline), limits) : NoData(trouble);
    }

    public static MetricComparison NoData(string why) => new(MetricClass.NoData, default, default, 1, 0, false, why);

    private static MetricComparison Judged(double[] canary, double[] baseline, ChangeLimits limits)
    {
        var (test, seen, normal) = (MannWhitney.Of(canary, baseline), SampleSummary.Of(canary), SampleSummary.Of(baseline));
        var size = limits.Effect is EffectSize.CliffsDelta ? test.Delta : RelativeMean(seen.Mean, normal.Mean);
        var isChange = test.P < Significant && Math.Sign(size) == Math.Sign(test.Delta) && Math.Abs(size) > limits.Allowed;
        var found = (isChange, test.Delta > 0) switch
        {
            (true, true) when limits.Bad is not BadChange.Decrease => MetricClass.High,
            (true, false) when limits.Bad is not BadChange.Increase => MetricClass.Low,
            _ => MetricClass.Pass,
        };
        return new MetricComparison(found, seen, normal, test.P, size, found is not MetricClass.Pass && Math.Abs(size) > limits.Critical, null);
    }

    private static double RelativeMean(double mean, double normal) => mean == normal ? 0 : (mean - normal) / Math.Abs(normal);

    /// <summary>A ratio is NaN while nothing happens, which is left out; infinity is a division by nothing, after which the rest cannot be trusted.</summary>
    private static string? Trouble(string side, IReadOnlyList<double> values, ChangeLimits limits)
    {
        var numbers = Numbers(values).Length;
        if (values.Count == 0) return $"has no samples of the {side}";
        if (values.Any(double.IsInfinity)) return $"is infinite in {values.Count(double.IsInfinity)} of {values.Count} samples of the {side}";
        if (numbers * 2 < values.Count) return $"is NaN in {values.Count - numbers} of {values.Count} samples of the {side}";
        return numbers < limits.MinimumSamples ? $"has {numbers} samples of the {side} where {limits.MinimumSamples} are needed" : null;
    }

    private static double[] Numbers(IReadOnlyList<double> values) => [.. values.Where(double.IsFinite)];
}
