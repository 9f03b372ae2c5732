using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Insights;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Insights;

/// <summary>Definitions and edge cases of M9.</summary>
public sealed class LookingAtTheBacklog
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mia = new("mia", "Mia");

    [Fact]
    public void What_is_entered_and_neither_finished_nor_withdrawn_is_in_progress()
    {
        var figures = BacklogFigures.Of([Item(3), Item(9, finished: 2), Item(9, withdrawn: 1), Item(8, status: DeploymentStatus.Draft), Item(-1)], Now);

        figures.Wip.ShouldBe(2);
        figures.InProgress[0].Status.ShouldBe(DeploymentStatus.Draft, "what is sent back to draft stays in: the demand still waits");
        figures.In(DeploymentStatus.InReview).ShouldBe(1);
        figures.InProgress[1].AgeAt(Now).ShouldBe(TimeSpan.FromDays(3));
    }

    [Fact]
    public void Throughput_is_finished_items_a_week_and_withdrawn_ones_only_let_the_backlog_shrink()
    {
        var lately = BacklogFigures.Of([Item(20, finished: 2), Item(20, finished: 27), Item(40, finished: 29), Item(3, withdrawn: 1), Item(5)], Now).Lately;

        (lately.Entered, lately.Finished, lately.Withdrawn, lately.NetFlow).ShouldBe((4, 2, 1, -1));
        (lately.Throughput, lately.Arrivals).ShouldBe((0.5, 1));
    }

    [Fact]
    public void No_item_counts_in_two_windows()
    {
        var atTheEdge = Item(30, finished: 7);

        BacklogPeriod.Of([atTheEdge], 1, Now).Finished.ShouldBe(1);
        BacklogPeriod.Of([atTheEdge], 1, Now.AddDays(-7)).Finished.ShouldBe(0);
        BacklogFigures.Of([atTheEdge], Now).ByWeek.Sum(week => week.Finished).ShouldBe(1);
    }

    [Fact]
    public void Fewer_than_five_finished_say_no_percentile()
    {
        var four = BacklogFigures.Of([.. Finished(1, 2, 3, 4), Item(60)], Now);
        (four.P50, four.P85, four.Old, four.CycleTimes.Count).ShouldBe((null, null, null, 4));

        var five = BacklogFigures.Of([.. Finished(1, 2, 3, 4, 5), Item(60), Item(2)], Now);
        five.P50.ShouldBe(TimeSpan.FromDays(3));
        five.P85!.Value.TotalDays.ShouldBe(4.4, .001);
        (five.Old!.Value.Count, five.Old.Value.Of).ShouldBe((1, 2));
    }

    [Fact]
    public void What_is_open_clears_at_the_pace_of_thirteen_weeks_and_nobody_knows_when_nothing_finished()
    {
        var items = Finished([.. Enumerable.Repeat(1, 26)]).Concat([Item(1), Item(2), Item(3)]).ToList();

        BacklogFigures.Of(items, Now).WeeksToClear.ShouldBe(1.5);
        BacklogFigures.Of([Item(1)], Now).WeeksToClear.ShouldBeNull();
        BacklogFigures.Of([], Now).WeeksToClear.ShouldBeNull();
    }

    [Fact]
    public void Lines_of_the_flow_never_cross_and_end_where_the_backlog_is()
    {
        BacklogItem[] items =
        [
            Item(200, finished: 100), Item(50, finished: 10) with { Authorised = Now.AddDays(-40), Started = Now.AddDays(-20) },
            Item(30, withdrawn: 5), Item(9) with { Authorised = Now.AddDays(-3) }, Item(2),
        ];
        var flow = BacklogFlow.Of(items, 91, Now);

        flow.Count.ShouldBe(92);
        flow.ShouldAllBe(point => point.Entered >= point.Authorised && point.Authorised >= point.Started && point.Started >= point.Left);
        flow[^1].ShouldBe(new BacklogFlow(Now, 4, 3, 2, 2));
        (flow[^1].Entered - flow[^1].Left).ShouldBe(BacklogFigures.Of(items, Now).Wip);
        flow[0].Entered.ShouldBe(0, "what left before the picture begins is in none");
    }

    [Fact]
    public void A_slot_more_than_ten_working_days_ahead_is_a_choice_unless_something_else_is_in_the_way()
    {
        var (near, far) = (Scheduled(Now.AddDays(14)), Scheduled(Now.AddDays(15)));
        Gate slot = new(GateKind.Slot, false, "The slot starts later."), other = new(GateKind.OpenHalt, false, "DEP-2026-000001 is halted.");

        BacklogWaiting.IsByChoice(near, WorkingDays.WithoutHolidays, Now).ShouldBeFalse();
        BacklogWaiting.Of(near, [slot], null, WorkingDays.WithoutHolidays, Now).ShouldHaveSingleItem().What.ShouldBe("Slot");
        BacklogWaiting.Of(far, [slot], null, WorkingDays.WithoutHolidays, Now).ShouldHaveSingleItem().What.ShouldBe("Choice");
        BacklogWaiting.Of(far, [slot, other], null, WorkingDays.WithoutHolidays, Now).Select(waiting => waiting.What).ShouldBe(["OpenHalt", "Slot"]);
    }

    [Fact]
    public void While_it_is_approved_time_is_not_in_the_way_yet()
    {
        var deployment = Submitted(new Slot(Now.AddDays(1), Now.AddDays(1).AddHours(1)));

        BacklogWaiting.Of(deployment, [new(GateKind.Window, false, "Closed."), new(GateKind.Approval, false, "Waiting for approval by a peer."), new(GateKind.Model, true, "Fine.")], null, WorkingDays.WithoutHolidays, Now)
            .ShouldHaveSingleItem().Sentence.ShouldBe("Waiting for approval by a peer.");
    }

    [Fact]
    public void An_approver_is_reminded_by_hand_once_a_day()
    {
        var deployment = Submitted(null);
        deployment.TakeNewEvents();

        deployment.NudgeApprover(1, Mia, Now).Error.ShouldBeNull();
        deployment.TakeNewEvents().ShouldHaveSingleItem().ShouldSatisfyAllConditions(told => told.Kind.ShouldBe("EscalateApproval"), told => told.Text.ShouldStartWith("Mia asks "));
        deployment.NudgeApprover(1, Mia, Now.AddHours(23)).Error!.Code.ShouldBe("approval.nudged-already");
        deployment.NudgeApprover(2, Mia, Now).Error!.Code.ShouldBe("approval.not-pending");
        deployment.NudgeApprover(1, Mia, Now.AddHours(24)).Error.ShouldBeNull();
    }

    [Fact]
    public void A_priority_is_not_material()
    {
        var deployment = Submitted(null);
        var digest = deployment.PlanDigest;

        deployment.Prioritise(Priority.High, "The bank waits.", Mia, Now).Error.ShouldBeNull();
        (deployment.Priority, deployment.PlanDigest, deployment.Status).ShouldBe((Priority.High, digest, DeploymentStatus.InReview));
        deployment.TakeNewEvents()[^1].Text.ShouldBe("Mia gave it high priority: The bank waits.");
        deployment.Cancel("Not needed.", Mia, Now);
        deployment.Prioritise(Priority.Low, "So.", Mia, Now).Error!.Code.ShouldBe("deployment.is-over");
    }

    private static IEnumerable<BacklogItem> Finished(params int[] days) => days.Select(took => Item(took + 1, finished: 1));

    /// <param name="entered">So many days ago.</param>
    private static BacklogItem Item(int entered, int? finished = null, int? withdrawn = null, DeploymentStatus status = DeploymentStatus.InReview) => new(
        $"DEP-{entered}", status, Now.AddDays(-entered), finished is { } done ? Now.AddDays(-done) : null, withdrawn is { } gone ? Now.AddDays(-gone) : null);

    private static Deployment Submitted(Slot? slot)
    {
        var deployment = Deployment.Create("DEP-2026-000123", default, default, default, "web 1.1.0", "", Given.Plan, slot, Mia, Now);
        deployment.Submit(ApprovalPolicy.For(Given.Plan, new()), Mia, Now).Error.ShouldBeNull();
        return deployment;
    }

    private static Deployment Scheduled(DateTimeOffset start)
    {
        var deployment = Deployment.Create("DEP-2026-000123", default, default, default, "web 1.1.0", "", Given.Plan, new Slot(start, start.AddHours(1)), Mia, Now);
        deployment.Submit([], Mia, Now).Error.ShouldBeNull();
        return deployment;
    }
}
