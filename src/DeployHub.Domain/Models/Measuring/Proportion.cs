using System.Globalization;

namespace DeployHub.Domain.Models.Measuring;

/// <summary>So many of so many, with the Wilson 95 % interval of what stands behind them (domain §3.1, MR-6 and MR-7).</summary>
/// <param name="Count">Those that did.</param>
/// <param name="Of">All that could have.</param>
public readonly record struct Proportion(int Count, int Of)
{
    /// <summary>Fewer than this show as “k of n” only: a rate of three is no rate.</summary>
    public const int FewestForARate = 5;

    private const double Z = 1.959964;

    /// <summary>From 0 to 1; null without data, never zero.</summary>
    public double? Value => Of == 0 ? null : (double)Count / Of;

    public bool IsRate => Of >= FewestForARate;

    /// <summary>Both ends from 0 to 1; without data nothing is known, so 0 to 1.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            if (Of == 0) return (0, 1);
            double share = (double)Count / Of, weight = 1 + (Z * Z / Of);
            var middle = (share + (Z * Z / (2 * Of))) / weight;
            var half = Z / weight * Math.Sqrt((share * (1 - share) / Of) + (Z * Z / (4.0 * Of * Of)));
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }

    /// <summary>Only where the intervals do not overlap is one called higher or lower than the other (MR-7).</summary>
    public bool DiffersFrom(Proportion other) => Interval.Low > other.Interval.High || other.Interval.Low > Interval.High;

    /// <summary>“no data”, “3 of 4”, “87 % (40 of 46; 95 % interval 74 to 94 %)”.</summary>
    public override string ToString() => this switch
    {
        { Of: 0 } => "no data",
        { IsRate: false } => $"{Count} of {Of}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{100 * Value:0} % ({Count} of {Of}; 95 % interval {100 * Interval.Low:0} to {100 * Interval.High:0} %)"),
    };
}
