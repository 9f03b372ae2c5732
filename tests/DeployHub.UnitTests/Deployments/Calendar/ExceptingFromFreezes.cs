using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;
using static DeployHub.Domain.Deployments.Calendar.FreezeExceptionStatus;
using static DeployHub.UnitTests.Deployments.Calendar.CalendarGiven;

namespace DeployHub.UnitTests.Deployments.Calendar;

/// <summary>Freezes and exceptions from them (domain §2.3.1, SOD-4).</summary>
public sealed class ExceptingFromFreezes
{
    private static readonly DateTimeOffset Ends = Utc(12, 7, 6), Until = Utc(12, 4, 17);
    private static readonly Freeze Weekends = Freeze(exempt: ChangeCategory.Emergency);
    private static readonly FreezeTime Time = new(Weekends, new Occurrence(Utc(12, 4, 14), Ends));
    private static readonly Occurrence Needs = new(Utc(12, 4, 13), Utc(12, 4, 15));
    private static readonly ExceptionRequest Asked = new("The regulatory file is due on Saturday", "A fine", "Paul until 20:00", TimeSpan.FromMinutes(6), Until);

    public static IEnumerable<TheoryDataRow<FreezeExceptionStatus, FreezeExceptionTrigger>> Pairs =>
        from status in Enum.GetValues<FreezeExceptionStatus>() from trigger in Enum.GetValues<FreezeExceptionTrigger>() select new TheoryDataRow<FreezeExceptionStatus, FreezeExceptionTrigger>(status, trigger);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void It_moves_as_the_specification_says_and_not_otherwise(FreezeExceptionStatus from, FreezeExceptionTrigger on)
    {
        FreezeExceptionStatus? expected = (from, on) switch
        {
            (Requested, FreezeExceptionTrigger.Grant) => Granted,
            (Requested, FreezeExceptionTrigger.Refuse) => Refused,
            (Requested or Granted, FreezeExceptionTrigger.Void) => FreezeExceptionStatus.Void,
            (Requested or Granted, FreezeExceptionTrigger.Expire) => Expired,
            (Granted, FreezeExceptionTrigger.Use) => Used,
            _ => null,
        };

        var next = FreezeExceptionMoves.Table.Next(from, on);
        (next.Error is null ? next.Value : (FreezeExceptionStatus?)null).ShouldBe(expected);
    }

    [Fact]
    public void A_freeze_is_declared_active_ended_or_lifted_by_the_clock_and_by_whoever_declared_it()
    {
        var freeze = Freeze(new Recurrence(new DateTime(2026, 12, 4, 15, 0, 0), TimeSpan.FromHours(64), "Europe/Stockholm"));
        (freeze.StatusAt(Friday), freeze.StatusAt(Utc(12, 4, 14)), freeze.StatusAt(Ends)).ShouldBe((FreezeStatus.Declared, FreezeStatus.Active, FreezeStatus.Ended));

        freeze.Lift("Mine", false, Mia, Friday).Error!.Code.ShouldBe("freeze.not-yours");
        freeze.Lift("Too late", true, Dora, Ends).Error!.Code.ShouldBe("freeze.cannot-move");
        freeze.Lift("Everybody is back", false, Dora, Friday).Error.ShouldBeNull();
        freeze.StatusAt(Utc(12, 4, 14)).ShouldBe(FreezeStatus.Lifted);
        freeze.Lift("Again", true, Dora, Utc(12, 4, 14)).Error!.Code.ShouldBe("freeze.cannot-move");
    }

    [Fact]
    public void Only_the_approver_decides_who_neither_asked_nor_operates()
    {
        var exception = Request().Value;

        Grant(exception, by: Mia).Error!.Code.ShouldBe("SOD-4");
        Grant(exception, by: Paul, operators: [Paul]).Error!.Code.ShouldBe("SOD-4");
        Grant(exception, qualities: [ApproverQuality.Peer]).Error!.Code.ShouldBe("freeze-exception.not-the-approver");
        Grant(exception, by: new Actor("ci", "CI", ActorKind.Machine)).Error!.Code.ShouldBe("SOD-6");
        exception.Refuse(Weekends, "No", Owner, [], Mia, Friday).Error!.Code.ShouldBe("SOD-4");
        Grant(exception, condition: "Paul stays online").Error.ShouldBeNull();
        (exception.Status, exception.DecidedBy, exception.ExpiresAt, exception.OwesCondition).ShouldBe((Granted, Olga, Until, true));
        Grant(exception).Error!.Code.ShouldBe("freeze-exception.cannot-move");
    }

    [Fact]
    public void Nobody_grants_what_was_asked_for_another_plan_nor_longer_than_the_freeze()
    {
        var exception = Request().Value;

        exception.Grant(Weekends, Digest.OfText("another"), Until, null, null, Owner, [], Olga, Friday).Error!.Code.ShouldBe("freeze-exception.plan-changed");
        exception.Grant(Weekends, exception.PlanDigest, Ends.AddSeconds(1), null, null, Owner, [], Olga, Friday).Error!.Code.ShouldBe("freeze-exception.until-after-freeze");
        exception.Grant(Weekends, exception.PlanDigest, Friday, null, null, Owner, [], Olga, Friday).Error!.Code.ShouldBe("freeze-exception.until-past");
        exception.Grant(Weekends, exception.PlanDigest, Ends, null, null, Owner, [], Olga, Friday).Error.ShouldBeNull();
    }

    [Fact]
    public void It_is_asked_for_only_where_the_freeze_is_in_the_way()
    {
        Request(needs: new Occurrence(Utc(12, 4, 12), Utc(12, 4, 14))).Error!.Code.ShouldBe("freeze-exception.not-in-the-way");
        Request(plan: Given.Plan with { Category = ChangeCategory.Emergency }).Error!.Code.ShouldBe("freeze-exception.not-needed");
        Request(request: Asked with { Until = Friday }).Error!.Code.ShouldBe("freeze-exception.until-past");
        Request(request: Asked with { Until = Time.When.Start }).Error!.Code.ShouldBe("freeze-exception.until-before-start");
        Request(needs: new Occurrence(Until, Ends)).Error!.Code.ShouldBe("freeze-exception.until-before-start");
        Request(request: Asked with { Until = Ends.AddMinutes(1) }).Error!.Code.ShouldBe("freeze-exception.until-after-freeze");
    }

    [Fact]
    public void It_is_void_for_another_plan_another_time_and_what_is_over()
    {
        var deployment = Deployment.Create("DEP-2026-000118", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Shop", "", Given.Plan, null, Mia, Friday);
        var exception = Request().Value;

        exception.VoidReason(deployment, Needs, Mia).ShouldBeNull();
        exception.VoidReason(deployment, null, Mia).ShouldBeNull("it waits beyond its slot");
        exception.VoidReason(deployment, new Occurrence(Utc(12, 1, 13), Utc(12, 1, 15)), Mia).ShouldBe("Mia moved the deployment out of the freeze that it was about.");
        exception.VoidReason(deployment, new Occurrence(Until, Until.AddHours(1)), Mia).ShouldBe("Mia moved the deployment behind 2026-12-04 17:00 UTC, when the exception is over.");
        Request(plan: Given.Plan with { Category = ChangeCategory.Standard }).Value.VoidReason(deployment, Needs, Mia).ShouldNotBeNull().ShouldStartWith("Mia edited the plan");
        deployment.Cancel("Not needed", Mia, Friday).Error.ShouldBeNull();
        exception.VoidReason(deployment, null, Mia).ShouldBe("DEP-2026-000118 is over.");
    }

    [Fact]
    public void It_answers_for_a_slot_only_as_long_as_it_lasts()
    {
        var exception = Request().Value;

        exception.Answers(Time, exception.PlanDigest, Utc(12, 4, 13)).ShouldBeTrue();
        exception.Answers(Time, exception.PlanDigest, Until.AddMinutes(-1)).ShouldBeTrue();
        exception.Answers(Time, exception.PlanDigest, Until).ShouldBeFalse();
        exception.PassageSentence("Weekend").ShouldBe($"“Weekend” holds then, and nobody has decided about {exception.Number} yet.");

        Grant(exception).Error.ShouldBeNull();
        exception.Answers(Time, exception.PlanDigest, Until).ShouldBeFalse();
        exception.PassageSentence("Weekend").ShouldBe($"“Weekend” holds then, and {exception.Number} lets it start until 2026-12-04 17:00 UTC.");
    }

    [Fact]
    public void A_freeze_that_was_lifted_before_it_began_forbids_nothing()
    {
        var freeze = Freeze();
        freeze.Lift("Everybody is back", true, Dora, Friday).Error.ShouldBeNull();

        freeze.Forbids(Time.When).Overlaps(new Occurrence(Friday.AddDays(-10), Friday.AddDays(10))).ShouldBeFalse("the range begins before it was lifted");
        Times(Production(), [], [freeze], Friday.AddDays(-10)).FreezesDuring(Time.When, ChangeCategory.Normal).ShouldBeEmpty();
    }

    [Fact]
    public void One_run_uses_it_and_whoever_granted_it_does_not_start_that()
    {
        var exception = Request().Value;
        Grant(exception).Error.ShouldBeNull();

        exception.Use(1, Olga, Friday).Error!.Code.ShouldBe("SOD-4");
        exception.Use(1, Paul, Friday).Error.ShouldBeNull();
        (exception.Covers(Time, exception.PlanDigest, 1, Friday), exception.Covers(Time, exception.PlanDigest, 0, Friday), exception.Covers(Time, exception.PlanDigest, 2, Friday)).ShouldBe((true, false, false), "a second run needs a new one");
        exception.Use(2, Paul, Friday).Error!.Code.ShouldBe("freeze-exception.cannot-move");
    }

    [Fact]
    public void It_covers_one_time_of_the_freeze_for_one_plan_until_it_expires()
    {
        var exception = Request().Value;
        exception.Covers(Time, exception.PlanDigest, 0, Friday).ShouldBeFalse("nobody granted it yet");
        Grant(exception).Error.ShouldBeNull();

        exception.Covers(Time, exception.PlanDigest, 0, Friday).ShouldBeTrue();
        exception.Covers(Time, Digest.OfText("another"), 0, Friday).ShouldBeFalse();
        exception.Covers(Time, exception.PlanDigest, 0, Until).ShouldBeFalse();
        exception.Covers(Time with { When = new Occurrence(Utc(12, 11, 14), Utc(12, 14, 6)) }, exception.PlanDigest, 0, Friday).ShouldBeFalse("the next weekend needs its own");
    }

    [Fact]
    public void It_expires_with_its_time_and_with_the_freeze_while_nobody_decides()
    {
        var (granted, waiting) = (Request().Value, Request().Value);
        Grant(granted).Error.ShouldBeNull();

        granted.Expire(Until.AddTicks(-1)).Error!.Code.ShouldBe("freeze-exception.not-over");
        granted.Expire(Until).Error.ShouldBeNull();
        waiting.Expire(Until).Error!.Code.ShouldBe("freeze-exception.not-over");
        waiting.Expire(Ends).Error.ShouldBeNull();
        (granted.Status, granted.Reason, waiting.Status, waiting.Reason).ShouldBe((Expired, "No run started in time.", Expired, "Nobody decided before the freeze was over."));
    }

    [Fact]
    public void A_condition_is_met_once_and_who_said_so_is_kept()
    {
        var (with, without) = (Request().Value, Request().Value);
        with.MeetCondition("He does", Paul, Friday).Error!.Code.ShouldBe("freeze-exception.no-condition");
        Grant(with, condition: " Paul stays online ").Error.ShouldBeNull();
        Grant(without).Error.ShouldBeNull();

        with.MeetCondition("He does", Paul, Friday).Error.ShouldBeNull();
        (with.Condition, with.ConditionMetBy, with.ConditionNote, with.OwesCondition).ShouldBe(("Paul stays online", Paul, "He does", false));
        with.MeetCondition("Again", Paul, Friday).Error!.Code.ShouldBe("freeze-exception.no-condition");
        without.MeetCondition("Nothing", Paul, Friday).Error!.Code.ShouldBe("freeze-exception.no-condition");
    }

    [Fact]
    public void It_is_carried_to_a_plan_that_only_waits_longer()
    {
        var (granted, refused) = (Request().Value, Request().Value);
        Grant(granted).Error.ShouldBeNull();
        refused.Refuse(Weekends, "No", Owner, [], Olga, Friday).Error.ShouldBeNull();
        var (before, now) = (granted.PlanDigest, Digest.OfText("waits for another one"));

        granted.Carry(now, before);
        granted.PlanDigest.ShouldBe(before, "it was about another plan");
        granted.Carry(before, now);
        refused.Carry(refused.PlanDigest, now);
        granted.IsInForce(now, 0, Friday).ShouldBeTrue();
        refused.PlanDigest.ShouldNotBe(now);
    }

    private static Result Grant(FreezeException exception, Actor? by = null, string? condition = null, ApproverQuality[]? qualities = null, params Actor[] operators) =>
        exception.Grant(Weekends, exception.PlanDigest, Until, condition is null ? null : new AskedCondition(condition), null, qualities ?? Owner, operators, by ?? Olga, Friday);

    private static Result<FreezeException> Request(Occurrence? needs = null, Plan? plan = null, ExceptionRequest? request = null) => FreezeException.Request(
        "EXC-2026-000001", Deployment.Create("DEP-2026-000118", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Shop", "", plan ?? Given.Plan, null, Mia, Friday), Time, needs ?? Needs, request ?? Asked, Mia, Friday);
}
