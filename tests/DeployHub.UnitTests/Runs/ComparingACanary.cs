using System.Text.Json;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs.Canary;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.UnitTests.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>The statistics of a canary, beside the expected values of another judge and beside tables.</summary>
public sealed class ComparingACanary
{
    private static readonly ChangeLimits Limits = new(BadChange.Increase, EffectSize.RelativeMean, 0.1, null, 5);

    public static TheoryData<string> Vectors => [.. File.Exists(Data) ? Read().Select(vector => vector.GetProperty("name").GetString()!) : ["absent"]];

    private static string Data => Path.Combine(Written.Root, "..", "shared", "data", "kayenta-judge", "classifier-vectors.json");

    /// <summary>
    /// Its tolerance scales the estimated shift, ours the baseline's mean: 0.1 of either is asked for here. Its classifier of means asks
    /// no test; ours always does, so those vectors show that five samples against five suffice.
    /// </summary>
    [Theory]
    [MemberData(nameof(Vectors))]
    public void Classifies_as_another_judge_does(string name)
    {
        Assert.SkipWhen(name == "absent", "The vectors are not on this machine: ../shared/data/kayenta-judge.");
        var vector = Read().Single(vector => vector.GetProperty("name").GetString() == name);
        var limits = Limits with { Bad = Enum.Parse<BadChange>(vector.GetProperty("direction").GetString()!) };

        var comparison = MetricComparison.Of(Samples(vector, "experimentData"), Samples(vector, "controlData"), limits);

        $"{comparison.Class}".ShouldBe(vector.GetProperty("expected").GetProperty("classification").GetString());
        comparison.IsCritical.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.317310507862914)]
    [InlineData(1.959963984540054, 0.05)]
    [InlineData(3.290526731491926, 0.001)]
    [InlineData(5, 5.733031437583875e-7)]
    public void The_tail_of_the_normal_distribution_is_that_of_the_tables(double z, double tail) => Normal.TwoSidedTail(z).ShouldBe(tail, tail * 1e-10);

    [Fact]
    public void Equal_values_share_their_rank()
    {
        var test = MannWhitney.Of([2, 2, 3], [1, 2, 2]);

        test.U.ShouldBe(7);
        test.Delta.ShouldBe(5.0 / 9, 1e-12);
        MannWhitney.Of([1, 1, 1], [1, 1]).P.ShouldBe(1);
    }

    [Theory]
    [InlineData(new double[0], "has no samples of the canary")]
    [InlineData(new double[] { 1, 2, 3, 4 }, "has 4 samples of the canary where 5 are needed")]
    [InlineData(new[] { 1, 2, 3, 4, 5, double.PositiveInfinity }, "is infinite in 1 of 6 samples of the canary")]
    [InlineData(new[] { 1, 2, double.NaN, double.NaN, double.NaN }, "is NaN in 3 of 5 samples of the canary")]
    public void What_tells_nothing_never_passes(double[] canary, string why)
    {
        var comparison = MetricComparison.Of(canary, [1, 2, 3, 4, 5], Limits);

        comparison.WhyNot.ShouldBe(why);
        Scored(comparison).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void The_weighted_score_passes_fails_or_leaves_it_to_people()
    {
        var (good, bad) = (Comparison([1, 2, 3, 4, 5]), Comparison([10, 20, 30, 40, 50]));

        Scored(good, good).Verdict.ShouldBe(Verdict.Pass);
        Scored(good, good, good, good, bad).Value.ShouldBe(80);
        Scored(good, good, good, good, bad).Verdict.ShouldBe(Verdict.Inconclusive);
        Scored(good, bad).Verdict.ShouldBe(Verdict.Fail);
        Scored(good, good, good, MetricComparison.NoData("is away")).Verdict.ShouldBe(Verdict.Inconclusive);
        Scored(bad, bad, MetricComparison.NoData("is away")).Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void Only_what_is_grave_and_sure_ends_it_at_once()
    {
        double[] normal = [.. Enumerable.Range(1, 20)], high = [.. normal.Select(value => value + 30)];
        var sure = MetricComparison.Of(high, normal, Limits with { Critical = 0.5 });
        var early = MetricComparison.Of([10, 20, 30, 40, 50], [1, 2, 3, 4, 5], Limits with { Critical = 0.5 });

        Scored(sure).EndAtOnce.ShouldHaveSingleItem();
        Scored(early).EndAtOnce.ShouldBeEmpty();
        Scored(early).Verdict.ShouldBe(Verdict.Fail);
        Scored(MetricComparison.Of(high, normal, Limits)).EndAtOnce.ShouldBeEmpty();
    }

    private static MetricComparison Comparison(double[] canary) => MetricComparison.Of(canary, [1, 2, 3, 4, 5], Limits);

    private static CanaryScore Scored(params MetricComparison[] comparisons) => new([.. comparisons.Select(comparison => new ScoredMetric("Errors", 1, false, comparison))], 95, 75);

    private static double[] Samples(JsonElement vector, string side) => [.. vector.GetProperty(side).EnumerateArray().Select(value => value.GetDouble())];

    private static List<JsonElement> Read() => [.. JsonDocument.Parse(File.ReadAllText(Data)).RootElement.GetProperty("vectors").EnumerateArray()];
}
