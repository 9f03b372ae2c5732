using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Forecasting;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Estimating;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>How long a run takes against what its slot has: a warning, never a refusal.</summary>
public sealed class ForetellingARun
{
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Estimate Estimate = new([new PhaseEstimate(Stage.Execute, 1, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(42))]);

    [Fact]
    public void A_slot_that_is_too_short_is_told()
    {
        var forecast = RunForecast.Of(Estimate, new Slot(Now.AddHours(1), Now.AddMinutes(90)), Now);

        forecast.Fits.ShouldBeFalse();
        forecast.FinishedBy.ShouldBe(Now.AddMinutes(102));
        forecast.Sentence.ShouldBe("It needs up to 42 min (85 of 100 times), and the slot has 30 min: it may not be finished by then.");
    }

    [Fact]
    public void A_slot_under_way_counts_by_what_is_left_of_it()
    {
        RunForecast.Of(Estimate, new Slot(Now.AddHours(-1), Now.AddMinutes(43)), Now).Fits.ShouldBeTrue();
        RunForecast.Of(Estimate, new Slot(Now.AddHours(-1), Now.AddMinutes(41)), Now).Fits.ShouldBeFalse();
        RunForecast.Of(Estimate, new Slot(Now.AddHours(-1), Now), Now).Sentence.ShouldContain("its slot is over");
    }

    [Fact]
    public void On_demand_there_is_no_slot_to_miss() => RunForecast.Of(Estimate, null, Now).ShouldSatisfyAllConditions(
        forecast => forecast.Fits.ShouldBeTrue(), forecast => forecast.StartsAt.ShouldBe(Now), forecast => forecast.FinishedBy.ShouldBe(Now.AddMinutes(42)));

    [Fact]
    public void What_only_time_limits_say_is_no_reason_to_warn()
    {
        var forecast = RunForecast.Of(new Estimate([new PhaseEstimate(Stage.Execute, 1, TimeSpan.Zero, TimeSpan.FromMinutes(90))]), new Slot(Now, Now.AddMinutes(30)), Now);

        forecast.Fits.ShouldBeTrue();
        forecast.Sentence.ShouldBe("No run has shown yet how long it takes. By the time limits of its steps it is 1 h 30 min at most.");
    }
}
