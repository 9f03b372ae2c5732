using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Web.Pages.Calendar;

namespace DeployHub.UnitTests.Pages;

public sealed class DrawingTheCalendar
{
    /// <summary>A Monday.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_waits_has_a_bar_until_the_lock_is_expected_to_be_free()
    {
        var gantt = Of([Slot("DEP-1", 6, 12), Slot("DEP-2", 14, 16)], waits: [new("DEP-1", "production", Monday.AddHours(6), Monday.AddHours(18), "DEP-9/R1 holds web.")]);

        var (waiting, other) = (gantt.Rows.Single().Bars[0], gantt.Rows.Single().Bars[1]);
        waiting.Wait.ShouldNotBeNull();
        (waiting.Wait.Value.X, waiting.Wait.Value.Width).ShouldBe(("250", "500"));
        waiting.Wait.Value.Title.ShouldBe("DEP-1 waits since Mon 23 Nov 06:00 UTC. DEP-9/R1 holds web. Expected to be free at Mon 23 Nov 18:00 UTC.");
        other.Wait.ShouldBeNull();
    }

    [Fact]
    public void Where_nobody_knows_until_when_it_waits_until_now()
    {
        var gantt = Of([Slot("DEP-1", 6, 12)], waits: [new("DEP-1", "production", Monday.AddHours(6), null, "The window is closed.")]);
        gantt.Rows.Single().Bars.Single().Wait!.Value.Width.ShouldBe("166.67", "from 06:00 to 10:00 of a day");
    }

    [Fact]
    public void A_slot_that_is_kept_for_it_has_a_bar_of_its_own_and_waits_for_nothing()
    {
        var gantt = Of([Slot("DEP-1", 6, 12), Slot("DEP-1", 10, 16) with { Reserved = "EXC-1" }], waits: [new("DEP-1", "production", Monday.AddHours(6), null, "A freeze holds.")]);

        var bars = gantt.Rows.Single().Bars;
        bars.Select(bar => (bar.Number, bar.X, bar.Y)).ShouldBe([("DEP-1", "250", 0), ("DEP-1", "416.67", ScheduleGantt.LaneHeight)]);
        bars.Select(bar => bar.Wait is not null).ShouldBe([true, false]);
    }

    [Fact]
    public void What_really_happened_lies_over_the_plan()
    {
        var gantt = Of([Slot("DEP-1", 6, 12) with { StartedAt = Monday.AddHours(9), EndedAt = Monday.AddHours(15) }]);
        gantt.Rows.Single().Bars.Single().Actual.ShouldBe(("375", "250"));
    }

    [Fact]
    public void A_holiday_marks_its_day_in_picture_and_list()
    {
        ShowCalendar.HolidayRow[] holidays = [new(DateOnly.FromDateTime(Monday.Date), "Epiphany", "Sweden")];
        Of([Slot("DEP-1", 6, 12)], holidays).Rows.Single().Grounds.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            ground => (ground.Kind, ground.X, ground.Width).ShouldBe(("holiday", "0", "1000")), ground => ground.Title.ShouldStartWith("Public holiday: Epiphany, Sweden."));

        var range = CalendarRange.Of(CalendarLook.Day, GanttZoom.Day, DateOnly.FromDateTime(Monday.Date));
        CalendarDays.Of(View([], holidays, []), range, number => number).Days.ShouldHaveSingleItem().Holidays.ShouldBe(["Epiphany (Sweden)"]);
    }

    [Fact]
    public void A_window_over_midnight_is_open_on_both_days()
    {
        var view = new ShowCalendar.View(
            Monday, Monday.AddDays(7), [], [new("WIN-1", "Night", "production", "production", null, "UTC", [new Slot(Monday.AddHours(22), Monday.AddHours(26))])], [], [], [], false, true);
        CalendarDays.Of(view, CalendarRange.Of(CalendarLook.Week, GanttZoom.Week, DateOnly.FromDateTime(Monday.Date)), number => number).Days.Select(day => day.Windows.Count).ShouldBe([1, 1]);
    }

    private static ScheduleGantt Of(IReadOnlyList<ShowCalendar.SlotRow> slots, IReadOnlyList<ShowCalendar.HolidayRow>? holidays = null, IReadOnlyList<ShowCalendar.WaitRow>? waits = null) =>
        ScheduleGantt.Of(View(slots, holidays ?? [], waits ?? []), GanttZoom.Day, Monday.AddHours(10));

    private static ShowCalendar.View View(IReadOnlyList<ShowCalendar.SlotRow> slots, IReadOnlyList<ShowCalendar.HolidayRow> holidays, IReadOnlyList<ShowCalendar.WaitRow> waits) =>
        new(Monday, Monday.AddDays(1), slots, [], [], [], [], false, true) { Holidays = holidays, Waits = waits };

    private static ShowCalendar.SlotRow Slot(string number, int from, int to) =>
        new(number, "web", "shop", "production", DeploymentStatus.Scheduled, null, Monday.AddHours(from), Monday.AddHours(to), null, null, false);
}
