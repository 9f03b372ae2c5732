using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>What the runs before say about how long this one takes.</summary>
public sealed class ProjectingRuns
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly Projection.PastRun[] Past = [.. new[] { 4, 5, 6, 7, 20 }.Select(minutes => Took(10, minutes))];

    [Fact]
    public void Half_of_them_and_85_of_100_give_the_band()
    {
        var projection = Of(Past, now: 0)!;
        projection.Half.ShouldBe(TimeSpan.FromMinutes(7)); // 6 in Execute, and half a minute before and after
        projection.Most.ShouldBe(TimeSpan.FromMinutes(21));
        projection.LeftAtMost.ShouldBe(TimeSpan.FromMinutes(21));
        projection.Runs.ShouldBe(5);
    }

    [Fact]
    public void What_is_over_is_not_left_any_more()
    {
        Of(Past, now: 0)!.Left.ShouldBe(TimeSpan.FromMinutes(7));
        Of(Past, now: 2)!.Left.ShouldBe(TimeSpan.FromMinutes(4.5));
        Of(Past, now: 90)!.Left.ShouldBe(TimeSpan.FromMinutes(.5)); // longer than any before: what follows is left
    }

    [Fact]
    public void Twice_the_targets_take_twice_as_long_but_the_artefacts_are_checked_once()
    {
        var doubled = Projection.Of([.. Past.Select(run => run with { Took = new Dictionary<Stage, TimeSpan>(run.Took) { [Stage.VerifyComponents] = TimeSpan.FromMinutes(1) } })], 20, Stages(0), true, Start);
        doubled!.Half.ShouldBe(TimeSpan.FromMinutes(1 + 12 + 1));
    }

    [Fact]
    public void Fewer_than_three_say_nothing()
    {
        Of(Past[..2], now: 0).ShouldBeNull();
        Of(Past[..3], now: 0)!.Runs.ShouldBe(3);
    }

    [Fact]
    public void Of_a_run_that_does_not_move_nobody_knows_what_is_left()
    {
        var projection = Projection.Of(Past, 10, Stages(0), false, Start)!;
        (projection.Left, projection.LeftAtMost).ShouldBe((null, null));
    }

    private static Projection? Of(Projection.PastRun[] past, int now) => Projection.Of(past, 10, Stages(now), true, Start.AddMinutes(now));

    private static Projection.PastRun Took(int targets, int minutes) => new(targets, new Dictionary<Stage, TimeSpan>
    {
        [Stage.VerifyComponents] = TimeSpan.FromMinutes(.5),
        [Stage.Execute] = TimeSpan.FromMinutes(minutes),
        [Stage.VerifyDeployment] = TimeSpan.FromMinutes(.5),
    });

    /// <summary>The components were checked in the blink of an eye when Execute began at the start.</summary>
    private static List<Projection.Progress> Stages(int now) =>
        [new(Stage.VerifyComponents, now == 0 ? null : Start, now == 0 ? null : Start), new(Stage.Execute, now == 0 ? null : Start, null), new(Stage.VerifyDeployment, null, null)];
}
