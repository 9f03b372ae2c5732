using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Runs;
using static DeployHub.UnitTests.Models.Analysis.Told;

namespace DeployHub.UnitTests.Models.Analysis;

/// <summary>Every minute of a run goes to one stage, and there to waiting, work or a halt.</summary>
public sealed class DividingTime
{
    [Fact]
    public void A_stage_is_divided_by_what_the_run_was()
    {
        var times = StageClock.Divide(
            [(Stage.VerifyComponents, Minutes(0, 10)), (Stage.Execute, Minutes(10, 60))],
            [(RunStatus.Running, Minutes(0, 20)), (RunStatus.Waiting, Minutes(20, 35)), (RunStatus.Running, Minutes(35, 40)), (RunStatus.Halted, Minutes(40, 55)), (RunStatus.Running, Minutes(55, 60))], []);

        times.Select(time => (time.Place, time.Time.Waiting.TotalMinutes, time.Time.Touch.TotalMinutes, time.Time.Halt.TotalMinutes)).ShouldBe(
            [(TimePlace.VerifyComponents, 0d, 10d, 0d), (TimePlace.Execute, 15d, 20d, 15d)]);
    }

    [Fact]
    public void What_people_have_by_hand_is_work_and_counts_once_however_many_have_it()
    {
        var time = StageClock.Divide(
            [(Stage.Execute, Minutes(0, 60))], [(RunStatus.Running, Minutes(0, 10)), (RunStatus.Waiting, Minutes(10, 50)), (RunStatus.Halted, Minutes(50, 60))],
            [Minutes(5, 20), Minutes(15, 30), Minutes(45, 55)]).ShouldHaveSingleItem().Time;

        (time.Waiting.TotalMinutes, time.Touch.TotalMinutes, time.Halt.TotalMinutes, time.ByHand.TotalMinutes).ShouldBe((15d, 35d, 10d, 30d));
    }

    [Fact]
    public void Leading_back_has_a_place_of_its_own()
    {
        var times = StageClock.Divide([(Stage.VerifyDeployment, Minutes(0, 30))], [(RunStatus.Running, Minutes(0, 10)), (RunStatus.Halted, Minutes(10, 15)), (RunStatus.RollingBack, Minutes(15, 30))], []);

        times.Select(time => (time.Place, time.Time.Total.TotalMinutes)).ShouldBe([(TimePlace.VerifyDeployment, 15d), (TimePlace.RollBack, 15d)]);
    }

    [Fact]
    public void Deployments_add_up_with_what_went_before_their_runs_and_say_so_in_a_sentence()
    {
        var ended = Planned(2, (_, deployment) => deployment with
        {
            SubmittedAt = Now.AddHours(-12),
            ScheduledAt = Now.AddHours(-7),
            StartedAt = Now.AddHours(-6),
            CompletedAt = Now.AddHours(-4),
            Runs = [new RunFact(deployment.Number, Now.AddHours(-6)) { Took = TimeSpan.FromHours(2), Times = [new PlaceTime(TimePlace.Execute, new TimeSplit(TimeSpan.Zero, TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(30), TimeSpan.Zero))] }],
        });
        var open = new DeploymentFact("DEP-2026-000009", Now.AddDays(-3)) { SubmittedAt = Now.AddDays(-3), ScheduledAt = Now };

        var overview = TimeOverview.Of([.. ended, open]);

        overview.Deployments.ShouldBe(2);
        overview.Places.Select(place => (place.Place, place.Time.Total.TotalHours, place.Median.TotalHours)).ShouldBe([(TimePlace.Approval, 10d, 5d), (TimePlace.Start, 2d, 1d), (TimePlace.Execute, 4d, 2d)]);
        overview.Sentence().ShouldBe("Of 16 h in 2 deployments, 75 % went into waiting, most of it in approval; 19 % into work and 6 % into halts.");
        TimeOverview.Of([open]).Sentence().ShouldBeNull();
    }

    [Fact]
    public void The_window_is_ninety_days_or_twenty_runs_whichever_is_more()
    {
        AnalysisWindow.Of(null, Now).From.ShouldBe(Now.AddDays(-90));
        AnalysisWindow.Of(Now.AddDays(-10), Now).From.ShouldBe(Now.AddDays(-90));
        AnalysisWindow.Of(Now.AddDays(-300), Now).From.ShouldBe(Now.AddDays(-300));
        (Window.Holds(Window.From), Window.Holds(Now)).ShouldBe((true, false));
    }

    private static Interval Minutes(int from, int to) => new(Now.AddMinutes(from), Now.AddMinutes(to));
}
