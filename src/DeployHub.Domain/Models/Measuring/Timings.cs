namespace DeployHub.Domain.Models.Measuring;

/// <summary>How long something took, again and again (domain §3.1, MR-7 and MR-8): quantiles as PostgreSQL's <c>percentile_cont</c> has them.</summary>
public sealed class Timings
{
    /// <summary>Below this no two ranks enclose the median so surely: the shortest and the longest of five do for 93.75 %.</summary>
    public const int FewestForAnInterval = 6;

    private const double Z = 1.959964;
    private readonly TimeSpan[] _ordered;

    private Timings(TimeSpan[] ordered) => _ordered = ordered;

    public static Timings None { get; } = new([]);

    public int Count => _ordered.Length;

    /// <summary>Half took at most this long; null without data.</summary>
    public TimeSpan? Median => Quantile(0.5);

    public TimeSpan? P85 => Quantile(0.85);

    public TimeSpan? P95 => Quantile(0.95);

    /// <summary>
    /// The 95 % interval of the median by order statistics: what the ranks n/2 ± z·√n/2 hold, whatever the distribution. Null below
    /// <see cref="FewestForAnInterval"/>.
    /// </summary>
    public (TimeSpan Low, TimeSpan High)? MedianInterval
    {
        get
        {
            if (Count < FewestForAnInterval) return null;
            var half = Z * Math.Sqrt(Count) / 2;
            var low = Math.Max(1, (int)Math.Floor((Count / 2.0) - half));
            var high = Math.Min(Count, (int)Math.Ceiling((Count / 2.0) + 1 + half));
            return (_ordered[low - 1], _ordered[high - 1]);
        }
    }

    public static Timings Of(IEnumerable<TimeSpan> durations) => new([.. durations.Order()]);

    /// <param name="share">From 0 to 1.</param>
    public TimeSpan? Quantile(double share)
    {
        if (Count == 0) return null;
        var place = share * (Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, Count - 1);
        return _ordered[below] + ((_ordered[above] - _ordered[below]) * (place - below));
    }

    /// <summary>Only where both intervals are known and do not overlap is one called longer than the other (MR-7).</summary>
    public bool DiffersFrom(Timings other) =>
        MedianInterval is { } mine && other.MedianInterval is { } theirs && (mine.Low > theirs.High || theirs.Low > mine.High);
}
