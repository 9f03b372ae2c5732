namespace DeployHub.Domain.Runs.Canary;

/// <summary>
/// The Mann-Whitney U test of two independent samples, two-sided, by the normal approximation with corrections for ties and continuity
/// (Mann and Whitney 1947; Lehmann, Nonparametrics, 1.2 and 1.4).
/// </summary>
/// <param name="U">In how many pairs the first sample's value is the larger one; a tie counts half.</param>
/// <param name="P">How likely a U at least this far from the middle is when both come from one distribution, 0 to 1.</param>
/// <param name="Delta">Cliff's delta, −1 to 1: above zero when the first sample tends to be larger.</param>
public readonly record struct MannWhitney(double U, double P, double Delta)
{
    /// <summary>Both samples hold finite numbers, and at least one each.</summary>
    public static MannWhitney Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (ranks, ties) = Ranked(first, second);
        double n = first.Count, m = second.Count, all = n + m, pairs = n * m;
        var u = ranks - (n * (n + 1) / 2);
        var deviation = Math.Sqrt(pairs / 12 * (all + 1 - (ties / (all * (all - 1)))));
        var distance = Math.Max(0, Math.Abs(u - (pairs / 2)) - 0.5);
        return new MannWhitney(u, deviation > 0 ? Normal.TwoSidedTail(distance / deviation) : 1, (2 * u / pairs) - 1);
    }

    /// <summary>The sum of the first sample's ranks among all, equal values sharing the middle of theirs, and Σ(t³ − t) over groups of t equal values.</summary>
    private static (double Sum, double Ties) Ranked(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var all = first.Select(value => (Value: value, IsFirst: true)).Concat(second.Select(value => (Value: value, IsFirst: false))).OrderBy(sample => sample.Value).ToArray();
        double sum = 0, ties = 0;
        for (int start = 0, end; start < all.Length; start = end)
        {
            end = start + 1;
            while (end < all.Length && all[end].Value == all[start].Value) end++;
            double alike = end - start, rank = (start + 1 + end) / 2.0;
            sum += rank * all[start..end].Count(sample => sample.IsFirst);
            ties += (alike * alike * alike) - alike;
        }

        return (sum, ties);
    }
}
