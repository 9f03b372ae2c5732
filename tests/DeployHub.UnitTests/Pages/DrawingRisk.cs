using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;
using DeployHub.Web.Pages.Deployments;

namespace DeployHub.UnitTests.Pages;

public sealed class DrawingRisk
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private static readonly Risk Risk = Risk.Of(new RiskFacts { IsLive = true, InService = 3, FirstPhase = 3, Planned = 3, Rollback = RollbackMethod.Irreversible }, Given.Plan.Digest, Now);

    [Fact]
    public void The_radar_has_the_numbers_of_the_table()
    {
        var radar = new RiskRadar(Risk);

        radar.Axes.Select(axis => axis.Points).ShouldBe(Risk.Factors.Select(factor => factor.Points));
        radar.Axes.Count.ShouldBe(7);
        radar.Rings.Count.ShouldBe(RiskFactor.Most);
        radar.InWords.ShouldStartWith($"Risk by factor, of 3 points each: blast radius {Risk.Factors[0].Points}, ");
    }

    [Fact]
    public void The_first_axis_points_up_and_the_most_points_reach_the_rim()
    {
        var radar = new RiskRadar(Risk);

        (radar.Axes[0].X2, radar.Axes[0].Y2).ShouldBe(("180", "36"));
        radar.Axes.Where(axis => axis.Points == RiskFactor.Most).ShouldAllBe(axis => axis.DotX == axis.X2 && axis.DotY == axis.Y2);
        radar.Axes.Where(axis => axis.Points == 0).ShouldAllBe(axis => axis.DotX == "180" && axis.DotY == "120");
        radar.Area.Split(' ').Length.ShouldBe(7);
    }
}
