using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Features.Models.Analysis;

/// <summary>A proportion as programs read it, with what stands behind it (MR-5, MR-7).</summary>
/// <param name="Percent">Null below five, where a rate says nothing (MR-6).</param>
/// <param name="Low">Percent, the lower end of Wilson's 95 % interval; null below five.</param>
/// <param name="High">Percent, its upper end.</param>
/// <param name="Sentence">Such as <c>3 of 4</c> or <c>no data</c>.</param>
public sealed record ToldShare(int Count, int Of, double? Percent, double? Low, double? High, string Sentence)
{
    internal static ToldShare From(Proportion share) => share.IsRate
        ? new(share.Count, share.Of, Rounded(share.Value!.Value), Rounded(share.Interval.Low), Rounded(share.Interval.High), share.ToString())
        : new(share.Count, share.Of, null, null, null, share.ToString());

    private static double Rounded(double share) => Math.Round(100 * share, 1);
}

/// <summary>How long something took, as programs read it (MR-8).</summary>
/// <param name="Count">How many stand behind it.</param>
/// <param name="Low">The lower end of the 95 % interval of the median; null below five.</param>
/// <param name="High">Its upper end.</param>
public sealed record ToldTimings(int Count, TimeSpan? Median, TimeSpan? P85, TimeSpan? Low, TimeSpan? High)
{
    internal static ToldTimings From(Timings timings) => new(timings.Count, timings.Median, timings.P85, timings.MedianInterval?.Low, timings.MedianInterval?.High);
}
