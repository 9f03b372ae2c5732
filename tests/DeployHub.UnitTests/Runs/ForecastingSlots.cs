using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

public sealed class ForecastingSlots
{
    private static readonly DateTimeOffset Start = new(2026, 11, 28, 20, 0, 0, TimeSpan.Zero);
    private static readonly Slot Slot = new(Start, Start.AddMinutes(100));

    [Theory]
    [InlineData(79, 60, false)]
    [InlineData(80, 21, true)]
    [InlineData(80, 20, false)]
    [InlineData(110, 5, true)]
    public void After_four_fifths_it_is_tight_when_the_run_needs_more_than_is_left(int minutes, int needs, bool isTight) => At(minutes, needs).IsTight.ShouldBe(isTight);

    [Fact]
    public void A_run_of_which_nothing_is_known_is_tight_by_then() => At(80, needs: null).IsTight.ShouldBeTrue();

    [Fact]
    public void Nothing_is_left_of_a_slot_that_is_over() => At(110, 5).Left.ShouldBe(TimeSpan.Zero);

    [Fact]
    public void The_last_moment_for_a_rollback_is_by_what_85_of_100_took()
    {
        At(10, 5, 4, 6, 5, 20, 7, 6, 5).PointOfNoReturn.ShouldBe(Start.AddMinutes(100 - 7));
        At(10, 5).PointOfNoReturn.ShouldBeNull("nobody has measured one");
    }

    private static SlotForecast At(int minutes, int? needs, params int[] rollbacks) => SlotForecast.Of(
        Slot, needs is { } left ? new Projection(default, default, TimeSpan.FromMinutes(left), TimeSpan.FromMinutes(left), 3) : null,
        [.. rollbacks.Select(took => TimeSpan.FromMinutes(took))], Start.AddMinutes(minutes));
}
