using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;
using static DeployHub.UnitTests.Deployments.Calendar.CalendarGiven;

namespace DeployHub.UnitTests.Deployments.Calendar;

/// <summary>Whether a run is over before a freeze begins or the window closes, with the times of journey J1.</summary>
public sealed class FinishingInTime
{
    private static readonly DateTimeOffset Begins = Utc(12, 4, 14), Ends = Utc(12, 7, 6);
    private static readonly Freeze Weekends = Freeze();
    private static readonly Slot Afternoon = new(Utc(12, 4, 12, 30), Utc(12, 4, 13, 30));
    private static readonly AwaitedLock Held = new("shop-web", "DEP-2026-000117/R1", Utc(12, 4, 13, 50));
    private static readonly TimeSpan Takes = TimeSpan.FromMinutes(42);

    [Fact]
    public void It_waits_for_a_lock_until_too_late_to_be_over_before_the_freeze()
    {
        var late = Facts(Takes, Held).Late(Planned(Afternoon), Friday)!;

        (late.Freeze, late.Name, late.At, late.Needs, late.WaitsFor).ShouldBe(("FRZ-2026-000001", "Weekend", Begins, Takes, Held));
        late.Sentence.ShouldBe(
            "Will not finish before the freeze “Weekend” at Fri 4 Dec 2026 15:00 Europe/Stockholm (needs about 42 min, p85). "
            + "It waits for shop-web, which DEP-2026-000117/R1 holds until Fri 4 Dec 2026 14:50.");
    }

    [Fact]
    public void It_is_in_time_to_the_instant()
    {
        var (deployment, until) = (Planned(Afternoon), Held with { Until = Begins - Takes });

        Facts(Takes, until).Late(deployment, Friday).ShouldBeNull();
        Facts(Takes, until with { Until = until.Until.AddTicks(1) }).Late(deployment, Friday).ShouldNotBeNull();
        Facts(Takes, null).Late(deployment, Friday).ShouldBeNull("nothing keeps it");
        Facts(null, Held).Late(deployment, Friday).ShouldBeNull("nothing says how long it takes");
        Facts(null, Held with { Until = Begins }).Late(deployment, Friday).ShouldNotBeNull("it could not even begin before");
    }

    [Fact]
    public void A_slot_that_is_shorter_than_its_run_reaches_into_the_freeze_too()
    {
        var deployment = Planned(new Slot(Begins.AddMinutes(-30), Begins));

        var late = Facts(Takes, null).Late(deployment, Friday)!;
        (late.Name, late.WaitsFor).ShouldBe(("Weekend", null));
        Facts(TimeSpan.FromMinutes(30), null).Late(deployment, Friday).ShouldBeNull();
        Facts(Takes, null).Late(Planned(new Slot(Begins.AddMinutes(-30), Begins.AddMinutes(30))), Friday).ShouldBeNull("that slot is refused anyway");
    }

    [Fact]
    public void On_demand_it_is_late_once_the_freeze_is_near()
    {
        Facts(Takes, null).Late(Planned(null), Begins - Takes).ShouldBeNull();
        Facts(Takes, null).Late(Planned(null), Begins.AddMinutes(-41)).ShouldNotBeNull();
        Facts(Takes, null).Late(Planned(null), Begins).ShouldBeNull("it is frozen by then, which is said otherwise");
    }

    [Fact]
    public void A_window_that_closes_first_is_named_and_binds_no_emergency()
    {
        var morning = new Slot(Utc(12, 4, 11, 15), Utc(12, 4, 12));
        var hours = Window(Every("FREQ=DAILY", 8, 4));

        var late = Facts(TimeSpan.FromHours(3), null, hours).Late(Planned(morning), Friday)!;
        (late.Freeze, late.Name, late.At).ShouldBe((null, "Working hours", Utc(12, 4, 12)));
        late.Sentence.ShouldBe("Will not finish before window “Working hours” closes at Fri 4 Dec 2026 12:00 UTC (needs about 3 h, p85).");
        Facts(TimeSpan.FromMinutes(45), null, hours).Late(Planned(morning), Friday).ShouldBeNull();
        Facts(null, Held, hours).Late(Planned(morning), Friday)!.Sentence.ShouldContain("closes at Fri 4 Dec 2026 12:00 UTC. It waits for shop-web");
        Facts(TimeSpan.FromHours(1), null, hours).Late(Planned(morning, ChangeCategory.Emergency), Friday).ShouldBeNull();
    }

    [Fact]
    public void An_exception_that_is_asked_for_granted_or_in_use_answers_it()
    {
        var (deployment, facts) = (Planned(Afternoon), Facts(Takes, Held));
        deployment.Submit([], Mia, Friday).Error.ShouldBeNull();
        var exception = FreezeException.Request(
            "EXC-2026-000001", deployment, facts.InTheWay(deployment, Friday).Single(), facts.Needs(deployment, Friday),
            new ExceptionRequest("Due", "A fine", "Paul", TimeSpan.FromMinutes(6), Utc(12, 4, 17)), Mia, Friday, new Slot(Ends, Ends.AddHours(1))).Value;
        var asked = facts with { Exceptions = [exception] };

        asked.Late(deployment, Friday).ShouldBeNull("asked for");
        exception.Grant(Weekends, deployment.PlanDigest, Utc(12, 4, 17), null, null, Owner, [], Olga, Friday).Error.ShouldBeNull();
        asked.Late(deployment, Friday).ShouldBeNull("granted");
        deployment.StartRun([new Gate(GateKind.Slot, true, "Inside its slot.")], Paul, Afternoon.Start).Error.ShouldBeNull();
        exception.Use(1, Paul, Afternoon.Start).Error.ShouldBeNull();
        asked.Late(deployment, Afternoon.Start).ShouldBeNull("in use");
        facts.Late(deployment, Afternoon.Start).ShouldNotBeNull("without it, its run waits for the lock until too late");
    }

    [Fact]
    public void A_free_slot_is_as_long_as_its_own_and_longer_where_runs_take_longer()
    {
        Facts(Takes, null).LengthFor(Planned(Afternoon)).ShouldBe(TimeSpan.FromHours(1));
        Facts(TimeSpan.FromSeconds(3_601), null).LengthFor(Planned(Afternoon)).ShouldBe(TimeSpan.FromMinutes(61));
        Facts(Takes, null).LengthFor(Planned(null)).ShouldBe(Takes);
        Facts(null, null).LengthFor(Planned(null)).ShouldBe(TimeSpan.FromHours(1));
    }

    private static CalendarFacts Facts(TimeSpan? takes, AwaitedLock? held, Window? window = null) =>
        new(Times(new CalendarPlace("production", "shop", true, []), [window ?? Window(Always)], [Weekends], Friday), [], "Olga") { Takes = takes, Lock = held };

    private static Deployment Planned(Slot? slot, ChangeCategory category = ChangeCategory.Normal) => Deployment.Create(
        "DEP-2026-000118", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Shop", "", Given.Plan with { Category = category }, slot, Mia, Friday.AddDays(-1));
}
