using DeployHub.Domain.Models.Measuring;

namespace DeployHub.UnitTests.Models;

public sealed class MeasuringTests
{
    // Wilson's interval of 40 in 46, and of both ends, by the formula of Newcombe 1998, table I (81/263: 0.2553 to 0.3662; 0/20: 0 to 0.1611).
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_of_a_proportion_is_Wilsons(int count, int of, double low, double high)
    {
        var interval = new Proportion(count, of).Interval;
        interval.Low.ShouldBe(low, 0.00006);
        interval.High.ShouldBe(high, 0.00006);
    }

    [Theory]
    [InlineData(0, 0, "no data")]
    [InlineData(3, 4, "3 of 4")]
    [InlineData(40, 46, "87 % (40 of 46; 95 % interval 74 to 94 %)")]
    public void A_proportion_says_how_much_stands_behind_it(int count, int of, string says) => new Proportion(count, of).ToString().ShouldBe(says);

    [Fact]
    public void Proportions_differ_only_where_their_intervals_do_not_overlap()
    {
        new Proportion(40, 46).DiffersFrom(new Proportion(19, 20)).ShouldBeFalse();
        new Proportion(20, 46).DiffersFrom(new Proportion(95, 100)).ShouldBeTrue();
        new Proportion(0, 0).DiffersFrom(new Proportion(95, 100)).ShouldBeFalse();
    }

    [Fact]
    public void Quantiles_lie_between_the_values_beside_them()
    {
        var timings = Timings.Of(Minutes(40, 10, 20, 30));
        timings.Median.ShouldBe(TimeSpan.FromMinutes(25));
        timings.P85.ShouldBe(TimeSpan.FromMinutes(35.5));
        timings.MedianInterval.ShouldBeNull();
        Timings.None.Median.ShouldBeNull();
    }

    [Fact]
    public void The_interval_of_a_median_is_held_by_two_ranks()
    {
        var timings = Timings.Of(Minutes([.. Enumerable.Range(1, 100)]));
        timings.MedianInterval.ShouldBe((TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(61)));
        timings.DiffersFrom(Timings.Of(Minutes([.. Enumerable.Range(62, 100)]))).ShouldBeTrue();
        timings.DiffersFrom(Timings.Of(Minutes([.. Enumerable.Range(20, 100)]))).ShouldBeFalse();
    }

    /// <summary>By the binomial distribution: 1 − 2 · ½⁵ is 93.75 %, 1 − 2 · ½⁶ is 96.9 %.</summary>
    [Fact]
    public void Five_times_enclose_no_median_with_ninety_five_per_cent_and_six_do()
    {
        Timings.Of(Minutes(1, 2, 3, 4, 5)).MedianInterval.ShouldBeNull();
        Timings.Of(Minutes(1, 2, 3, 4, 5, 6)).MedianInterval.ShouldBe((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(6)));
    }

    private static IEnumerable<TimeSpan> Minutes(params int[] minutes) => minutes.Select(minute => TimeSpan.FromMinutes(minute));
}
