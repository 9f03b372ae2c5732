using DeployHub.Domain.Deployments;
using DeployHub.Domain.Insights;
using DeployHub.Features.Insights;
using DeployHub.Web.Pages.Backlog;

namespace DeployHub.UnitTests.Pages;

public sealed class DrawingTheBacklog
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Bands_of_the_flow_lie_on_each_other()
    {
        var picture = new FlowPicture([new(Now.AddDays(-1), 2, 1, 1, 0), new(Now, 4, 3, 2, 1)]);

        picture.Most.ShouldBe(4);
        picture.Bands.Select(band => band.Now).ShouldBe([1, 1, 1, 1]);
        picture.Bands[0].Points.ShouldBe("0,120 1000,0 1000,60 0,180");
        picture.InWords.ShouldBe("In 13 weeks 2 came in and 1 left: the backlog grew by 1.");
    }

    [Fact]
    public void Nothing_at_all_is_drawn_as_nothing()
    {
        var picture = new FlowPicture([new(Now.AddDays(-1), 0, 0, 0, 0), new(Now, 0, 0, 0, 0)]);

        picture.Bands.ShouldAllBe(band => band.Now == 0);
        picture.InWords.ShouldEndWith("the backlog is as long as before.");
        new AgePicture(ViewOf(null)).Dots.ShouldBeEmpty();
    }

    [Fact]
    public void Each_open_item_has_a_dot_by_state_and_age_and_lines_only_where_enough_finished()
    {
        var picture = new AgePicture(ViewOf(TimeSpan.FromHours(10), Row(DeploymentStatus.InReview, 20), Row(DeploymentStatus.InReview, 0), Row(DeploymentStatus.Halted, 10)));

        picture.Dots.Select(dot => dot.X).ShouldBe(["266.67", "333.33", "900"]);
        picture.Dots[1].Y.ShouldBe("240");
        picture.Lines.Select(line => (line.Name, line.Value)).ShouldBe([("p50", "10 h"), ("p85", "10 h"), ("p95", "10 h")]);
        picture.Lines[0].Y.ShouldBe(picture.Dots[2].Y);
        new AgePicture(ViewOf(null, Row(DeploymentStatus.InReview, 20))).Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Throughput_has_a_point_a_week_and_a_line_at_its_median()
    {
        var picture = new PacePicture([Week(1), Week(4), Week(2)]);

        (picture.Most, picture.Median).ShouldBe((4, 2));
        picture.Points.Select(point => (point.X, point.Y)).ShouldBe([("10", "100"), ("500", "10"), ("990", "70")]);
        picture.MedianY.ShouldBe("70");
        picture.InWords.ShouldBe("Finished week by week, the oldest first: 1, 4, 2. The median is 2.");
        new PacePicture([Week(0)]).Points.ShouldHaveSingleItem().Y.ShouldBe("130");
    }

    private static BacklogPeriod Week(int finished) => new(1, 0, finished, 0);

    private static ShowBacklog.View ViewOf(TimeSpan? percentile, params ShowBacklog.Row[] rows)
    {
        var (lately, quarter) = (BacklogPeriod.Of([], 4, Now), BacklogPeriod.Of([], 13, Now));
        return new(new(Now, rows.Length, 0, 0, 0, 0, 0, lately, quarter, 0, percentile, percentile, percentile, null, null), rows, 0, [], [], []);
    }

    private static ShowBacklog.Row Row(DeploymentStatus status, int hours) =>
        new("DEP-1", "web", "shop", "production", status, Priority.Normal, Now.AddHours(-hours), TimeSpan.FromHours(hours), false, false, [], null, null, []);
}
