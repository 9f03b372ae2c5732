using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;
using static DeployHub.UnitTests.Deployments.Calendar.CalendarGiven;

namespace DeployHub.UnitTests.Deployments.Calendar;

/// <summary>The slot after a freeze that is kept while an exception waits for its decision (domain J1).</summary>
public sealed class ReservingASlot
{
    private static readonly DateTimeOffset Begins = Utc(12, 4, 14), Ends = Utc(12, 7, 6);
    private static readonly Freeze Weekends = Freeze();
    private static readonly FreezeTime Time = new(Weekends, new Occurrence(Begins, Ends));
    private static readonly Slot Within = new(Begins.AddHours(1), Begins.AddHours(2)), Monday = new(Ends, Ends.AddHours(1));

    [Fact]
    public void It_is_kept_until_somebody_has_decided()
    {
        var (waiting, granted, refused) = (Asked(Within), Asked(Within), Asked(Within));
        granted.Grant(Weekends, granted.PlanDigest, Ends, null, null, Owner, [], Olga, Friday).Error.ShouldBeNull();
        refused.Refuse(Weekends, "Monday will do", Owner, [], Olga, Friday).Error.ShouldBeNull();

        (waiting.Reservation, granted.Reservation, refused.Reservation).ShouldBe((Monday, null, null));
        (granted.Reserved, refused.Reserved).ShouldBe((Monday, Monday), "the record says what it was");
    }

    [Fact]
    public void On_demand_nothing_is_kept_and_the_freeze_is_waited_for()
    {
        var exception = Asked(null);

        (exception.Reserved, exception.DecideBy, exception.OverAt).ShouldBe((null, null, Ends));
    }

    [Fact]
    public void An_answer_is_waited_for_until_the_slot_begins_then_until_the_freeze_does_then_until_the_slot_is_over()
    {
        var across = new Slot(Begins.AddHours(-1), Begins.AddHours(1));

        Asked(Within).DecideBy.ShouldBe(Within.Start);
        Asked(across).DecideBy.ShouldBe(across.Start);
        Asked(across, across.Start).DecideBy.ShouldBe(Begins);
        Asked(across, Begins).DecideBy.ShouldBe(across.End);
        var late = Asked(across, across.End);
        (late.DecideBy, late.OverAt).ShouldBe((null, Ends));
    }

    [Fact]
    public void In_another_slot_of_the_same_freeze_an_answer_is_waited_for_until_that_one_begins()
    {
        var (exception, later) = (Asked(Within), new Slot(Within.Start.AddHours(3), Within.End.AddHours(3)));

        exception.Follow(later, Friday.AddMinutes(10));
        (exception.DecideBy, exception.Reserved).ShouldBe((later.Start, Monday));
        exception.Follow(later, later.Start.AddMinutes(1));
        exception.DecideBy.ShouldBe(later.Start, "an edit of words wins no time");
        exception.Expire(Within.Start).Error!.Code.ShouldBe("freeze-exception.not-over");
    }

    [Fact]
    public void What_runs_on_demand_by_now_has_nothing_kept_and_what_is_decided_stays()
    {
        var (waiting, granted) = (Asked(Within), Asked(Within));
        granted.Grant(Weekends, granted.PlanDigest, Ends, null, null, Owner, [], Olga, Friday).Error.ShouldBeNull();
        waiting.Follow(null, Friday);
        granted.Follow(null, Friday);

        (waiting.Reserved, waiting.DecideBy, waiting.OverAt).ShouldBe((null, null, Ends));
        granted.Reserved.ShouldBe(Monday);
    }

    [Fact]
    public void Nobody_is_sent_to_a_time_that_is_over()
    {
        var deployment = Scheduled();

        deployment.TakeReserved(Asked(Within), Monday.End).Error.ShouldBe(FreezeExceptionErrors.ReservedOver);
        deployment.Slot.ShouldBe(Within);
        deployment.TakeReserved(Asked(Within), Monday.End.AddTicks(-1)).Error.ShouldBeNull();
    }

    [Fact]
    public void Silence_is_over_at_that_moment_and_no_earlier()
    {
        var exception = Asked(Within);

        exception.Expire(Within.Start.AddTicks(-1)).Error!.Code.ShouldBe("freeze-exception.not-over");
        exception.Expire(Within.Start).Error.ShouldBeNull();
        (exception.Status, exception.Reason).ShouldBe((FreezeExceptionStatus.Expired, "Nobody decided by 2026-12-04 15:00 UTC."));
    }

    [Fact]
    public void The_deployment_goes_there_and_its_story_says_why()
    {
        var deployment = Scheduled();
        deployment.TakeNewEvents();

        deployment.TakeReserved(Asked(Within), Friday).Error.ShouldBeNull();
        (deployment.Slot, deployment.Status).ShouldBe((Monday, DeploymentStatus.Scheduled));
        var told = deployment.TakeNewEvents().Single();
        (told.Kind, told.Text).ShouldBe(("TakeReserved", "It goes to the slot of Mon 2026-12-07 06:00 to 07:00 UTC, which was reserved when exception EXC-2026-000001 was asked for."));
        deployment.Planners.ShouldBe([Mia], "nobody planned that");
    }

    [Fact]
    public void Outside_of_the_window_for_which_it_was_approved_it_is_approved_anew()
    {
        var deployment = Scheduled(new Slot(Within.Start.Date, Within.Start.Date.AddDays(1)));

        deployment.TakeReserved(Asked(Within), Friday).Error.ShouldBeNull();
        (deployment.Slot, deployment.Status).ShouldBe((Monday, DeploymentStatus.InReview));
    }

    [Fact]
    public void A_draft_goes_there_too_and_what_is_over_does_not()
    {
        var (draft, over) = (Planned(Within), Planned(Within));
        draft.TakeReserved(Asked(Within), Friday).Error.ShouldBeNull();
        (draft.Slot, draft.Status).ShouldBe((Monday, DeploymentStatus.Draft));

        over.Cancel("Not needed", Mia, Friday).Error.ShouldBeNull();
        over.TakeReserved(Asked(Within), Friday).Error.ShouldBe(DeploymentErrors.NotEditable);
    }

    [Fact]
    public void What_cannot_be_had_any_more_is_told_and_nothing_moves()
    {
        var deployment = Scheduled();
        deployment.LoseReserved(Asked(Within), "Another freeze was declared", Friday);

        deployment.Slot.ShouldBe(Within);
        deployment.TakeNewEvents()[^1].Text.ShouldBe("The slot of Mon 2026-12-07 06:00 to 07:00 UTC was reserved and cannot be had any more. Another freeze was declared. Mia moves it.");
    }

    [Theory]
    [InlineData(1, null), InlineData(2, "The 3rd exception"), InlineData(3, "The 4th exception"), InlineData(10, "The 11th exception"), InlineData(20, "The 21st exception"), InlineData(21, "The 22nd exception")]
    public void From_the_third_in_ninety_days_on_exceptions_are_a_habit(int before, string? said)
    {
        var habit = ExceptionHabit.Of("payments", before);

        habit?.Sentence.ShouldBe($"{said} from a freeze in 90 days for payments: plan its slots earlier, before freezes begin.");
        (habit is null).ShouldBe(said is null);
    }

    private static FreezeException Asked(Slot? slot, DateTimeOffset? at = null) => FreezeException.Request(
        "EXC-2026-000001", Planned(slot), Time, new Occurrence(Begins, Begins.AddHours(2)), new ExceptionRequest("Due", "Fine", "Paul", TimeSpan.FromMinutes(6), Ends), Mia, at ?? Friday, slot is null ? null : Monday).Value;

    private static Deployment Scheduled(Slot? window = null)
    {
        var deployment = Planned(Within);
        deployment.Submit([ApproverQuality.Peer], Mia, Friday).Error.ShouldBeNull();
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Olga, Friday, window: window).Error.ShouldBeNull();
        return deployment;
    }

    private static Deployment Planned(Slot? slot) =>
        Deployment.Create("DEP-2026-000118", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Shop", "", Given.Plan, slot, Mia, Friday.AddDays(-1));
}
