using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Web.Pages;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.UnitTests.Pages;

public sealed class DrawingToday
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Slots_that_overlap_lie_beneath_each_other_and_one_that_reaches_over_midnight_is_cut()
    {
        var today = Of([Slot("1", 9, 11), Slot("2", 10, 12), Slot("3", 11, 12), Slot("4", 23, 25), Slot("5", 30, 31)], []);

        today.Slots.Select(slot => (slot.Number, slot.Lane)).ShouldBe([("1", 0), ("2", 1), ("3", 0), ("4", 0)]);
        (today.Slots[3].X, today.Slots[3].Wide).ShouldBe(("1380", "60"));
        today.Lanes.ShouldBe(2);
        today.Now.ShouldBe("600");
        today.Slots[0].State.ShouldBe(MarkState.Waiting);
        today.InWords.ShouldBe("4 slots and no freeze today; next is 3 at 11:00 UTC.");
    }

    [Fact]
    public void A_freeze_since_yesterday_begins_with_the_day()
    {
        var today = Of([], [new("FRZ-1", "Weekend", "Few people", "production", "production", null, "UTC", [new Slot(Midnight.AddHours(-9), Midnight.AddHours(7)), new Slot(Midnight.AddDays(4), Midnight.AddDays(5))])]);

        today.Freezes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(freeze => freeze.X.ShouldBe("0"), freeze => freeze.Wide.ShouldBe("420"));
        today.InWords.ShouldBe("No slot and 1 freeze today.");
    }

    private static TodayStrip Of(IReadOnlyList<ShowCalendar.SlotRow> slots, IReadOnlyList<ShowCalendar.FreezeRow> freezes) =>
        new(new ShowCalendar.View(Midnight, Midnight.AddDays(7), slots, [], freezes, [], [], false, true), Midnight.AddHours(10));

    private static ShowCalendar.SlotRow Slot(string number, int from, int to) =>
        new(number, "web", "shop", "production", DeploymentStatus.Scheduled, null, Midnight.AddHours(from), Midnight.AddHours(to), null, null, false);
}
