using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments.Calendar;
using static DeployHub.UnitTests.Deployments.Calendar.CalendarGiven;

namespace DeployHub.UnitTests.Deployments.Calendar;

/// <summary>What is open, what is frozen, and what is free (domain §1.4, §2.2.3, Appendix A).</summary>
public sealed class OpeningTimes
{
    private static readonly Dictionary<string, string> Berlin = new() { ["site"] = "berlin" }, Oslo = new() { ["site"] = "oslo" };
    private static readonly CalendarPlace Test = new("test", "shop", false, []);

    [Theory]
    [InlineData(Tier.Production, true, true)]
    [InlineData(Tier.DisasterRecovery, true, true)]
    [InlineData(Tier.DisasterRecovery, false, false)]
    [InlineData(Tier.Other, true, true)]
    [InlineData(Tier.Other, false, false)]
    [InlineData(Tier.Staging, true, false)]
    [InlineData(Tier.Test, false, false)]
    [InlineData(Tier.Development, true, false)]
    public void Production_is_closed_until_a_window_exists(Tier tier, bool isLive, bool isClosed) => CalendarPlace.ClosesByDefault(tier, isLive).ShouldBe(isClosed);

    [Fact]
    public void Without_a_window_production_is_closed_and_test_is_open()
    {
        Times(Production(), [], []).IsOpen(new Occurrence(Friday, Friday.AddHours(1))).ShouldBeFalse();
        var test = Times(Test, [], []);
        (test.IsUnbound, test.IsOpen(new Occurrence(Friday, Friday.AddHours(1)))).ShouldBe((true, true));
    }

    [Fact]
    public void A_window_that_names_test_binds_it_and_one_of_the_whole_organisation_does_not()
    {
        var (named, everywhere) = (Window(Every("FREQ=DAILY", 20, 1), new CalendarScope("test")), Window(Every("FREQ=DAILY", 20, 1), new CalendarScope()));

        Times(Test, [named], []).IsOpen(new Occurrence(Friday, Friday.AddHours(1))).ShouldBeFalse();
        Times(Test, [everywhere], []).IsOpen(new Occurrence(Friday, Friday.AddHours(1))).ShouldBeTrue();
        Times(Production(), [everywhere], []).IsOpen(new Occurrence(Utc(12, 4, 20), Utc(12, 4, 21))).ShouldBeTrue("it opens production");
    }

    [Fact]
    public void Windows_that_meet_are_one_and_a_slot_has_to_lie_in_it_wholly()
    {
        var times = Times(Production(), [Window(Every("FREQ=DAILY", 8, 2)), Window(Every("FREQ=DAILY", 10, 2))], [], Utc(12, 4, 0));

        times.IsOpen(new Occurrence(Utc(12, 4, 9), Utc(12, 4, 11))).ShouldBeTrue();
        times.IsOpen(new Occurrence(Utc(12, 4, 11), Utc(12, 4, 12, 1))).ShouldBeFalse();
        times.OpenAround(Utc(12, 4, 12)).ShouldBeNull("it is over at its end, to the instant");
        times.OpenAround(Utc(12, 4, 8))!.Value.End.ShouldBe(Utc(12, 4, 12));
    }

    [Fact]
    public void A_plan_of_several_services_is_open_while_all_of_them_are_and_frozen_while_one_is()
    {
        var both = Production() with { OtherServices = ["stock"] };
        Window[] windows = [Window(Every("FREQ=DAILY", 8, 4), new CalendarScope("production", "shop")), Window(Every("FREQ=DAILY", 10, 4), new CalendarScope("production", "stock"))];
        var times = Times(both, windows, [Freeze(Every("FREQ=DAILY", 11, 1), new CalendarScope(null, "stock"))], Utc(12, 4, 0), days: 1);

        times.Open.ShouldBe([new Occurrence(Utc(12, 4, 10), Utc(12, 4, 12))]);
        times.FreezesAt(Utc(12, 4, 11), ChangeCategory.Normal).Count.ShouldBe(1, "the freeze is about the second service only");
        times.FreeSlots(TimeSpan.FromHours(1), Utc(12, 4, 0), ChangeCategory.Normal).ShouldBe([new Occurrence(Utc(12, 4, 10), Utc(12, 4, 11))]);
        Times(both, [windows[0]], []).IsOpen(new Occurrence(Utc(12, 5, 8), Utc(12, 5, 9))).ShouldBeFalse("nothing opens the second service");
    }

    [Fact]
    public void A_window_for_other_services_or_environments_opens_nothing_here()
    {
        Times(Production(), [Window(Always, new CalendarScope("production", "billing"))], []).Open.ShouldBeEmpty();
        Times(Production(), [Window(Always, new CalendarScope("staging"))], []).Open.ShouldBeEmpty();
        Times(Production(), [Window(Always, new CalendarScope(null, "shop"))], []).Open.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_target_has_to_be_open()
    {
        var berlin = Window(Every("FREQ=DAILY", 8, 4), new CalendarScope("production", null, "site", "berlin"));
        var oslo = Window(Every("FREQ=DAILY", 10, 4), new CalendarScope("production", null, "site", "oslo"));

        Times(Production(Berlin), [berlin, oslo], [], Utc(12, 4, 0), 1).Open.ShouldBe([new Occurrence(Utc(12, 4, 8), Utc(12, 4, 12))]);
        Times(Production(Berlin, Oslo), [berlin, oslo], [], Utc(12, 4, 0), 1).Open.ShouldBe([new Occurrence(Utc(12, 4, 10), Utc(12, 4, 12))]);
        Times(Production(Berlin, Oslo), [berlin], [], Utc(12, 4, 0), 1).Open.ShouldBeEmpty("nothing opens Oslo");
    }

    [Fact]
    public void A_freeze_beats_a_window_for_what_it_touches_unless_it_exempts_the_category()
    {
        var (noon, later) = (new Occurrence(Utc(12, 5, 12), Utc(12, 5, 13)), new Occurrence(Utc(12, 7, 8), Utc(12, 7, 9)));
        var times = Times(Production(Berlin), [Window(Always)], [Freeze(exempt: ChangeCategory.Emergency)]);

        times.FreezesDuring(noon, ChangeCategory.Normal).Single().When.Start.ShouldBe(Utc(12, 4, 14));
        times.FreezesDuring(noon, ChangeCategory.Emergency).ShouldBeEmpty();
        times.FreezesDuring(later, ChangeCategory.Normal).ShouldBeEmpty();
        Times(Production(Berlin), [Window(Always)], [Freeze(scope: new CalendarScope("production", null, "site", "oslo"))]).Freezes.ShouldBeEmpty();
        Times(Production(Berlin, Oslo), [Window(Always)], [Freeze(scope: new CalendarScope("production", null, "site", "oslo"))]).Freezes.ShouldNotBeEmpty("a part of what is touched is enough");
    }

    [Fact]
    public void The_next_free_slots_begin_when_something_opens_or_the_one_before_ends()
    {
        var times = Times(Production(), [Window(Always)], [Freeze()]);

        times.FreeSlots(TimeSpan.FromMinutes(90), Utc(12, 4, 12, 5), ChangeCategory.Normal)
            .ShouldBe([new Occurrence(Utc(12, 4, 12, 15), Utc(12, 4, 13, 45)), new Occurrence(Utc(12, 7, 6), Utc(12, 7, 7, 30)), new Occurrence(Utc(12, 7, 7, 30), Utc(12, 7, 9))]);
        times.FreeSlots(TimeSpan.FromHours(1), Utc(12, 4, 12), ChangeCategory.Normal, 1, [new Occurrence(Utc(12, 4, 12), Utc(12, 4, 12, 40))]).ShouldBe([new Occurrence(Utc(12, 4, 12, 40), Utc(12, 4, 13, 40))]);
        times.FreeSlots(TimeSpan.FromDays(10), Friday, ChangeCategory.Normal).ShouldBeEmpty("no stretch is as long");
    }

    [Fact]
    public void An_emergency_finds_a_slot_where_no_window_opens() =>
        Times(Production(), [], []).FreeSlots(TimeSpan.FromHours(1), Utc(12, 4, 12), ChangeCategory.Emergency, 1).ShouldBe([new Occurrence(Utc(12, 4, 12), Utc(12, 4, 13))]);

    [Fact]
    public void A_lifted_freeze_and_an_ended_window_hold_until_then()
    {
        var (freeze, window) = (Freeze(), Window(Always));
        freeze.Lift("Everybody is back", true, Dora, Utc(12, 5, 0)).Error.ShouldBeNull();
        window.End("Replaced", Dora, Utc(12, 4, 18)).Error.ShouldBeNull();
        var times = Times(Production(), [window], [freeze]);

        times.Freezes.Where(time => !time.When.IsEmpty).Single().When.ShouldBe(new Occurrence(Utc(12, 4, 14), Utc(12, 5, 0)));
        times.OpenAround(Utc(12, 4, 17))!.Value.End.ShouldBe(Utc(12, 4, 18));
        window.Change("Again", "x", "Dora", Always, Always.Span(), Dora, Friday).Error!.Code.ShouldBe("window.ended");
        window.End("Again", Dora, Friday).Error!.Code.ShouldBe("window.ended");
    }

    [Fact]
    public void A_verdict_says_what_is_in_the_way_who_to_ask_and_what_is_free()
    {
        var times = Times(Production(), [Window(Every("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 8, 8))], [Freeze()]);

        times.Judge(new Occurrence(Utc(12, 4, 13, 30), Utc(12, 4, 14, 30)), ChangeCategory.Normal, "Olga").Single()
            .Sentence.ShouldBe("Frozen by “Weekend” (Reduced staffing), declared by Dora, until 2026-12-07 06:00 UTC.");
        var late = times.Judge(new Occurrence(Utc(12, 7, 15), Utc(12, 7, 17)), ChangeCategory.Normal, "Olga").Single();
        (late.Code, late.Owner, late.Until, late.Sentence).ShouldBe(("WindowClosed", "Dora", Utc(12, 7, 16), "Window “Working hours” closes at 2026-12-07 16:00 UTC, before the slot ends; ask Dora."));
        times.Judge(new Occurrence(Utc(12, 7, 8), Utc(12, 7, 20)), ChangeCategory.Normal, "Olga").Single().Sentence.ShouldStartWith("The slot lasts 12 h, and no window is open for longer than 8 h");
        times.Judge(new Occurrence(Utc(12, 7, 8), Utc(12, 7, 9)), ChangeCategory.Normal, "Olga").ShouldBeEmpty();
        Times(Production(), [], []).Judge(new Occurrence(Utc(12, 7, 8), Utc(12, 7, 9)), ChangeCategory.Normal, "Olga").Single().Sentence.ShouldBe("No window opens here: ask Olga, who owns the environment, for one.");

        var refusal = SlotVerdicts.Refusal(times.Judge(new Occurrence(Utc(12, 4, 13, 30), Utc(12, 4, 14, 30)), ChangeCategory.Normal, "Olga"), times.FreeSlots(TimeSpan.FromHours(1), Utc(12, 4, 13, 30), ChangeCategory.Normal))!;
        refusal.Code.ShouldBe("FreezeActive");
        refusal.Message.ShouldEndWith("Free next: Mon 2026-12-07 08:00; Mon 2026-12-07 09:00; Mon 2026-12-07 10:00 UTC. Or ask for an exception from the freeze, while it is a draft with this slot.");
    }

    [Fact]
    public void Where_it_holds_is_said_in_words()
    {
        new CalendarScope().InWords().ShouldBe("the whole organisation");
        new CalendarScope("production", "shop").InWords().ShouldBe("shop in production");
        new CalendarScope("production", "shop", "site", "berlin").InWords().ShouldBe("targets with site=berlin of shop in production");
    }
}
