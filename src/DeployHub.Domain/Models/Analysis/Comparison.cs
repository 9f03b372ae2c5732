using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>What may be said of a figure beside an earlier one (MR-7): a change is called one only where the intervals do not overlap.</summary>
public static class Comparison
{
    public const string TooFew = "too few to compare";
    public const string NoClearChange = "no clear change";

    public static string InWords(Proportion now, Proportion before) =>
        !now.IsRate || !before.IsRate ? TooFew
        : !now.DiffersFrom(before) ? NoClearChange
        : now.Value > before.Value ? "higher" : "lower";

    public static string InWords(Timings now, Timings before) =>
        now.MedianInterval is null || before.MedianInterval is null ? TooFew
        : !now.DiffersFrom(before) ? NoClearChange
        : now.Median > before.Median ? "longer" : "shorter";
}
