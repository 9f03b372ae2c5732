using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using static DeployHub.Domain.Inventory.DriftStatus;

namespace DeployHub.UnitTests.Inventory;

public sealed class DecidingAboutDrift
{
    private static readonly Actor Olga = new("olga", "Olga");
    private static readonly DateTimeOffset At = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Follows_the_specification_and_nothing_else()
    {
        string[] specified =
        [
            "Detected Confirm Confirmed", "Detected Correct Corrected", "Detected Vanish Corrected", "Detected Accept AcceptedAsBaseline", "Detected Explain ExplainedByRun", "Detected Dismiss FalsePositive",
            "Confirmed Correct Corrected", "Confirmed Vanish Corrected", "Confirmed Change Detected", "Confirmed Accept AcceptedAsBaseline", "Confirmed Explain ExplainedByRun", "Confirmed Dismiss FalsePositive",
        ];

        DriftMoves.Table.Select(move => $"{move.From} {move.On} {move.To}").ShouldBe(specified, ignoreOrder: true);
    }

    [Fact]
    public void An_accepted_item_keeps_who_when_why_and_the_change()
    {
        var (item, baseline) = (Found(), TargetBaseline.Of(TargetId.New()));

        item.Confirm("The on-call patched it.", Olga, At).Error.ShouldBeNull();
        baseline.Accept(item, "Security patch", "CHG-305", Olga, At.AddHours(1)).Error.ShouldBeNull();

        item.Status.ShouldBe(AcceptedAsBaseline);
        item.History.Select(happened => happened.Became).ShouldBe([Detected, Confirmed, AcceptedAsBaseline]);
        item.History[^1].ShouldBe(new DriftEvent(AcceptedAsBaseline, Olga, At.AddHours(1), "Security patch", "CHG-305"));
        baseline.Facts.ShouldHaveSingleItem().ShouldBe(new BaselineFact("package openssl", "3.0.7", "3.0.8", At.AddHours(1), "drift scan") { AcceptedBy = Olga, Reason = "Security patch", Change = "CHG-305" });
    }

    [Fact]
    public void What_is_decided_is_not_decided_again()
    {
        var (item, baseline) = (Found(), TargetBaseline.Of(TargetId.New()));
        baseline.Correct(item, "Installed the old one again.", Olga, At).Error.ShouldBeNull();

        baseline.Accept(item, "After all", "CHG-1", Olga, At).Error!.Code.ShouldBe("drift-item.cannot-move");
        item.Ignore(At.AddDays(1), "Later", Olga, At).Error!.Message.ShouldContain("decided already: corrected");
        baseline.Facts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void It_is_ignored_until_an_instant_that_is_neither_past_nor_far_away(int days, bool isPossible)
    {
        var item = Found(isPrerequisite: true);

        (item.Ignore(At.AddDays(days), "Replaced soon", Olga, At).Error is null).ShouldBe(isPossible);
        item.IsBlocking(At).ShouldBe(!isPossible);
        item.IsOpen.ShouldBeTrue();
        item.IsBlocking(At.AddDays(days)).ShouldBeTrue();
    }

    private static DriftItem Found(bool isPrerequisite = false) =>
        DriftItem.Detect(TargetId.New(), new WatchedFact(FactKind.Package, "openssl", Expect: "3.0.7", Prerequisite: isPrerequisite), "3.0.7", "3.0.8", "drift scan", At.AddHours(-1));
}
