using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;
using static DeployHub.UnitTests.Deployments.Calendar.CalendarGiven;

namespace DeployHub.UnitTests.Deployments.Calendar;

/// <summary>The start gates Window and Freeze, to the instant (domain §2.4.2, J1).</summary>
public sealed class GatingByCalendar
{
    private static readonly DateTimeOffset Begins = Utc(12, 4, 14);
    private static readonly Freeze Weekends = Freeze();

    [Fact]
    public void Nothing_starts_from_the_instant_at_which_a_freeze_begins_until_that_at_which_it_ends()
    {
        Gate(GateKind.Freeze, Begins.AddTicks(-1)).IsOpen.ShouldBeTrue();
        Gate(GateKind.Freeze, Begins).IsOpen.ShouldBeFalse();
        Gate(GateKind.Freeze, Utc(12, 7, 6).AddTicks(-1)).IsOpen.ShouldBeFalse();
        Gate(GateKind.Freeze, Utc(12, 7, 6)).IsOpen.ShouldBeTrue();
        Gate(GateKind.Freeze, Begins).Sentence.ShouldStartWith("Frozen by “Weekend” (Reduced staffing), declared by Dora, until 2026-12-07 06:00 UTC. Move it, or ask for an exception");
    }

    [Fact]
    public void The_refusal_has_the_code_of_the_freeze_for_everybody()
    {
        var deployment = Planned();
        deployment.StartRun(Gates(deployment, Begins), Paul, Begins).Error!.Code.ShouldBe("FreezeActive");
        deployment.StartRun(Gates(deployment, Begins), Dora, Begins).Error!.Kind.ShouldBe(Domain.ErrorKind.Conflict);
        deployment.StartRun(Gates(deployment, Friday, windows: []), Paul, Friday).Error!.Code.ShouldBe("WindowClosed");
    }

    [Fact]
    public void A_window_says_until_when_it_is_open_and_when_the_next_opens()
    {
        var deployment = Planned();
        var hours = Window(Every("FREQ=DAILY", 8, 4));
        Gates(deployment, Utc(12, 4, 8), [hours], []).Single(gate => gate.Kind is GateKind.Window).ShouldBe(new Gate(GateKind.Window, true, "Inside window “Working hours” until 2026-12-04 12:00 UTC."));
        Gates(deployment, Utc(12, 4, 12), [hours], []).Single(gate => gate.Kind is GateKind.Window)
            .ShouldBe(new Gate(GateKind.Window, false, "No window is open now; the next opens at 2026-12-05 08:00 UTC. Ask Olga, who owns the environment, for an earlier one."));
    }

    [Fact]
    public void An_exception_waives_the_freeze_until_it_expires_and_the_end_of_the_slot_with_it()
    {
        var deployment = Planned(new Slot(Utc(12, 4, 12, 30), Utc(12, 4, 13, 30)));
        var exception = Granted(deployment, Utc(12, 4, 17));

        Gate(GateKind.Freeze, Begins, deployment, exception).ShouldBe(new Gate(GateKind.Freeze, true, $"Waived by exception {exception.Number} until 2026-12-04 17:00 UTC."));
        Gate(GateKind.Slot, Utc(12, 4, 13, 58), deployment, exception).IsOpen.ShouldBeTrue("it waited beyond its slot, and the exception covers that");
        Gate(GateKind.Freeze, Utc(12, 4, 17), deployment, exception).IsOpen.ShouldBeFalse();
        Gate(GateKind.Slot, Utc(12, 4, 17), deployment, exception).IsOpen.ShouldBeFalse();
        Facts(deployment, Begins, exceptions: [exception]).AllowedUntil(deployment, Begins).ShouldBe(Utc(12, 4, 17));
    }

    /// <summary>Beside a slot that is judged for Saturday, a window and a freeze that are judged for now would say that all is well.</summary>
    [Fact]
    public void Where_the_slot_is_to_come_window_and_freeze_are_judged_for_its_start_and_say_so()
    {
        var saturday = Planned(new Slot(Utc(12, 5, 9), Utc(12, 5, 10)));
        var hours = Window(Every("FREQ=DAILY", 8, 4));
        var gates = Gates(saturday, Friday, [hours]);
        gates.Single(gate => gate.Kind is GateKind.Window).ShouldBe(new Gate(GateKind.Window, true, "At the slot's start, Sat 2026-12-05 09:00 UTC, inside window “Working hours” until 2026-12-05 12:00 UTC."));
        var frozen = gates.Single(gate => gate.Kind is GateKind.Freeze);
        frozen.IsOpen.ShouldBeFalse();
        frozen.Sentence.ShouldStartWith("At the slot's start, Sat 2026-12-05 09:00 UTC: frozen by “Weekend”");
        Gate(GateKind.Freeze, Friday, saturday, Granted(saturday, Utc(12, 5, 10))).Sentence.ShouldStartWith("At the slot's start, Sat 2026-12-05 09:00 UTC: waived by exception");

        var tuesday = Planned(new Slot(Utc(12, 8, 20), Utc(12, 8, 21)));
        Gates(tuesday, Friday, [hours]).Single(gate => gate.Kind is GateKind.Window).Sentence
            .ShouldStartWith("No window is open at the slot's start, Tue 2026-12-08 20:00 UTC; the next opens at 2026-12-09 08:00 UTC.");
        Gate(GateKind.Freeze, Friday, tuesday).Sentence.ShouldBe("At the slot's start, Tue 2026-12-08 20:00 UTC: nothing is frozen here.");
    }

    [Fact]
    public void What_held_at_the_start_is_in_the_record()
    {
        var deployment = Planned();
        deployment.Submit([], Mia, Friday).Error.ShouldBeNull();
        deployment.StartRun(Gates(deployment, Friday), Paul, Friday).Error.ShouldBeNull();
        var told = deployment.TakeNewEvents()[^2];
        (told.Kind, told.By).ShouldBe(("PassGates", Domain.Access.Actor.System));
        told.Text.ShouldStartWith("This held at the start. No approval is needed here.");
        told.Text.ShouldContain("Inside window “Working hours”. Nothing is frozen here now.");
    }

    [Fact]
    public void A_run_that_may_begin_before_its_slot_is_judged_for_now()
    {
        var soon = Planned(new Slot(Friday.AddMinutes(10), Friday.AddMinutes(70)));
        Gate(GateKind.Freeze, Friday, soon).Sentence.ShouldBe("Nothing is frozen here now.");
    }

    [Fact]
    public void What_allows_a_run_ends_with_the_slot_the_window_or_when_a_freeze_begins_whichever_comes_first()
    {
        var deployment = Planned(new Slot(Friday, Utc(12, 4, 20)));
        Facts(deployment, Friday).AllowedUntil(deployment, Friday).ShouldBe(Begins);
        Facts(deployment, Friday, freezes: []).AllowedUntil(deployment, Friday).ShouldBe(Utc(12, 4, 20));
        Facts(deployment, Friday, [Window(Every("FREQ=DAILY", 8, 4))]).AllowedUntil(deployment, Friday).ShouldBe(Utc(12, 4, 12));
        var onDemand = Planned();
        Facts(onDemand, Friday, freezes: []).AllowedUntil(onDemand, Friday).ShouldBeNull();
    }

    [Fact]
    public void A_freeze_that_exempts_the_category_is_no_gate()
    {
        var emergency = Planned(plan: Given.Plan with { Category = ChangeCategory.Emergency });
        Gates(emergency, Begins, freezes: [Freeze(exempt: ChangeCategory.Emergency)]).Single(gate => gate.Kind is GateKind.Freeze).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Windows_do_not_bind_an_emergency_and_a_start_outside_of_them_is_in_the_record()
    {
        var emergency = Planned(plan: Given.Plan with { Category = ChangeCategory.Emergency, Incident = "INC-77" });
        var hours = Window(Every("FREQ=DAILY", 8, 4));
        var night = Utc(12, 3, 22);
        emergency.Submit([], Mia, night).Error.ShouldBeNull();
        emergency.StartRun(Gates(emergency, night, [hours], []), Paul, night).Error.ShouldBeNull();
        emergency.TakeNewEvents()[^1].Text.ShouldBe("Paul started run R1. No window is open now, and windows do not bind an emergency.");
        Facts(emergency, Utc(12, 4, 9), [hours], []).AllowedUntil(emergency, Utc(12, 4, 9)).ShouldBeNull();

        var times = Facts(emergency, night, [hours], [Weekends]).Times;
        times.Judge(new Occurrence(Utc(12, 4, 1), Utc(12, 4, 2)), ChangeCategory.Emergency, "Olga").ShouldBeEmpty();
        times.Judge(new Occurrence(Begins, Begins.AddHours(1)), ChangeCategory.Emergency, "Olga").Single().Code.ShouldBe(SlotVerdict.FreezeActive);
    }

    [Fact]
    public void A_freeze_over_its_slot_is_told_in_its_story_and_cancels_nothing()
    {
        var deployment = Planned(new Slot(Begins, Begins.AddHours(1)));
        deployment.TakeNewEvents();
        deployment.HoldByFreeze(new FreezeTime(Weekends, new Occurrence(Begins, Utc(12, 7, 6))), Dora, Friday);

        var told = deployment.TakeNewEvents().Single();
        (told.Kind, told.Text, deployment.Status).ShouldBe((
            "HoldByFreeze", "Dora declared the freeze FRZ-2026-000001 “Weekend” over its slot, until 2026-12-07 06:00 UTC: Reduced staffing. Mia moves it or asks for an exception.", DeploymentStatus.Draft));
    }

    private static Gate Gate(GateKind kind, DateTimeOffset at, Deployment? deployment = null, params FreezeException[] exceptions) => Gates(deployment ?? Planned(), at, exceptions: exceptions).Single(gate => gate.Kind == kind);

    private static IReadOnlyList<Gate> Gates(Deployment deployment, DateTimeOffset at, Window[]? windows = null, Freeze[]? freezes = null, FreezeException[]? exceptions = null) =>
        StartGates.For(deployment, new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, deployment.Plan.ModelDigest), [], [], []) { Calendar = Facts(deployment, at, windows, freezes, exceptions) }, at);

    private static CalendarFacts Facts(Deployment deployment, DateTimeOffset at, Window[]? windows = null, Freeze[]? freezes = null, FreezeException[]? exceptions = null) =>
        new(Times(new CalendarPlace(deployment.Plan.Environment, "shop", true, []), windows ?? [Window(Always)], freezes ?? [Weekends], at), exceptions ?? [], "Olga");

    private static FreezeException Granted(Deployment deployment, DateTimeOffset until)
    {
        var freeze = new FreezeTime(Weekends, new Occurrence(Begins, Utc(12, 7, 6)));
        var exception = FreezeException.Request("EXC-2026-000001", deployment, freeze, new Occurrence(Friday, Utc(12, 4, 15)), new ExceptionRequest("Due", "Fine", "Paul", TimeSpan.FromMinutes(6), until), Mia, Friday).Value;
        exception.Grant(Weekends, deployment.PlanDigest, until, null, null, Owner, [], Olga, Friday).Error.ShouldBeNull();
        return exception;
    }

    private static Deployment Planned(Slot? slot = null, Plan? plan = null) =>
        Deployment.Create("DEP-2026-000118", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Shop", "", plan ?? Given.Plan, slot, Mia, Friday.AddDays(-1));
}
