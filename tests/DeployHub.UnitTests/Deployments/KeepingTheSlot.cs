using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Starting by itself, missing a slot, expiring (domain §2.4.1, rows 7 and 12).</summary>
public sealed class KeepingTheSlot
{
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana"), Rita = new("rita", "Rita"), Robot = new("ci", "CI", ActorKind.Machine);
    private static readonly Slot Slot = new(Now.AddHours(1), Now.AddHours(2));
    private static readonly Gate[] Open = [new(GateKind.Slot, true, "Inside the slot.")];
    private static readonly Plan Plan = Given.Plan with { Start = StartMode.AtSlot };

    [Fact]
    public void It_starts_by_itself_on_behalf_of_who_planned_it_last()
    {
        var deployment = Scheduled(Plan);

        deployment.StartItself(Open, Slot.Start).Value.ShouldBe(Mia);
        deployment.Status.ShouldBe(DeploymentStatus.InProgress);
        deployment.TakeNewEvents()[^1].ShouldSatisfyAllConditions(happened => happened.Kind.ShouldBe("StartByItself"), happened => happened.By.ShouldBe(Actor.System), happened => happened.Text.ShouldContain("Mia"));
    }

    [Fact]
    public void Whoever_the_plan_names_operates_it()
    {
        var deployment = Named(Rita);

        deployment.StartItself(Open, Slot.Start).Value.ShouldBe(Rita);
        deployment.TakeNewEvents()[^1].Text.ShouldContain("on behalf of Rita");
    }

    [Fact]
    public void The_only_approver_operates_it_no_more_than_they_would_start_it() => Named(Ana).StartItself(Open, Slot.Start).Error!.Code.ShouldBe("SOD-3");

    [Fact]
    public void To_move_its_slot_is_to_start_it()
    {
        var later = new Slot(Slot.Start.AddMinutes(10), Slot.End);
        var (itself, byPeople) = (Scheduled(Plan), Scheduled(Given.Plan));

        itself.Reschedule(later, "Now.", Ana, Now).Error!.Code.ShouldBe("SOD-3");
        itself.Edit("", "", default, Plan, later, [], Ana, Now).Error!.Code.ShouldBe("SOD-3");
        itself.Slot.ShouldBe(Slot);
        byPeople.Reschedule(later, "Now.", Ana, Now).Error.ShouldBeNull();
    }

    [Fact]
    public void Whoever_moved_its_slot_has_planned_it()
    {
        var deployment = Deployment.Create("DEP-2026-000001", default, default, default, "", "", Plan, Slot, Mia, Now);
        deployment.Submit([ApproverQuality.Peer], Mia, Now).Error.ShouldBeNull();
        deployment.Reschedule(new Slot(Slot.Start.AddHours(1), Slot.End.AddHours(1)), "Later.", Ana, Now).Error.ShouldBeNull();

        deployment.Starter.ShouldBe(Ana);
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Ana, Now).Error!.Code.ShouldBe("SOD-1");
    }

    [Fact]
    public void Why_it_is_held_is_told_once_for_each_slot()
    {
        var deployment = Scheduled(Plan);
        var told = deployment.HoldStart("It is frozen.", null, Slot.Start);
        deployment.HoldStart("It is frozen.", told, Slot.Start.AddMinutes(1)).ShouldBe(told);
        deployment.Reschedule(new Slot(Slot.Start, Slot.End.AddHours(1)), "Longer.", Mia, Now).Error.ShouldBeNull();
        deployment.HoldStart("It is frozen.", told, Slot.Start.AddMinutes(2)).ShouldNotBe(told);

        deployment.TakeNewEvents().Count(happened => happened.Kind == "HoldStart").ShouldBe(2);
    }

    [Fact]
    public void A_closed_gate_keeps_it_back() =>
        Scheduled(Plan).StartItself([new(GateKind.OpenHalt, false, "DEP-2026-000001 is halted.")], Slot.Start).Error!.Code.ShouldBe("deployment.gates-closed");

    [Fact]
    public void What_people_start_does_not_start_by_itself() => Scheduled(Given.Plan).StartItself(Open, Slot.Start).Error!.Code.ShouldBe("deployment.started-by-people");

    [Fact]
    public void Nothing_live_starts_by_itself_that_no_person_approved()
    {
        var deployment = Deployment.Create("DEP-2026-000001", default, default, default, "", "", Plan, Slot, Robot, Now);
        deployment.Submit([], Robot, Now).Error.ShouldBeNull();

        deployment.StartItself(Open, Slot.Start).Error!.Code.ShouldBe("SOD-6");
    }

    [Fact]
    public void To_start_by_itself_is_material_and_needs_a_slot()
    {
        Plan.Digest.ShouldNotBe(Given.Plan.Digest);
        Plan.Narrows(Given.Plan).ShouldBeFalse();
        Scheduled(Plan).Reschedule(null, "Any time.", Mia, Now).Error.ShouldBe(DeploymentErrors.SlotNeededToStart);
    }

    [Fact]
    public void A_slot_that_passed_is_missed_once_until_there_is_another_one()
    {
        var deployment = Scheduled(Plan);
        deployment.MissSlot(Slot.End).ShouldBeFalse();

        deployment.MissSlot(Slot.End.AddSeconds(1)).ShouldBeTrue();
        deployment.MissSlot(Slot.End.AddSeconds(2)).ShouldBeFalse();
        deployment.IsMissed.ShouldBeTrue();
        deployment.TakeNewEvents().Count(happened => happened.Kind == "MissSlot").ShouldBe(1);

        deployment.Reschedule(new Slot(Slot.End.AddDays(1), Slot.End.AddDays(1).AddHours(1)), "Tomorrow.", Mia, Slot.End.AddHours(1)).Error.ShouldBeNull();
        deployment.IsMissed.ShouldBeFalse();
    }

    [Fact]
    public void A_slot_in_which_it_started_is_not_missed()
    {
        var deployment = Scheduled(Plan);
        deployment.StartItself(Open, Slot.Start).Error.ShouldBeNull();

        deployment.MissSlot(Slot.End.AddHours(1)).ShouldBeFalse();
        deployment.Expire(Slot.End.AddDays(20)).ShouldBeFalse();
    }

    [Fact]
    public void What_is_not_in_its_slot_does_not_start_by_itself()
    {
        Scheduled(Plan).StartsItself(Slot.Start.AddSeconds(-1)).ShouldBeFalse();
        Scheduled(Plan).StartsItself(Slot.Start).ShouldBeTrue();
        Scheduled(Plan).StartsItself(Slot.End.AddSeconds(1)).ShouldBeFalse();
    }

    [Fact]
    public void After_a_run_in_its_slot_a_person_starts_the_next()
    {
        var deployment = Scheduled(Plan);
        deployment.StartItself(Open, Slot.Start).Error.ShouldBeNull();
        Postponed(deployment).Status.ShouldBe(DeploymentStatus.Scheduled);

        deployment.StartsItself(Slot.Start.AddMinutes(5)).ShouldBeFalse();
        deployment.MissSlot(Slot.End.AddHours(1)).ShouldBeFalse();
        deployment.Reschedule(new Slot(Slot.Start.AddDays(1), Slot.End.AddDays(1)), "Tomorrow.", Mia, Slot.End).Error.ShouldBeNull();
        deployment.StartsItself(Slot.Start.AddDays(1)).ShouldBeTrue();
    }

    [Fact]
    public void A_slot_moved_by_minutes_after_a_run_is_another_slot()
    {
        var deployment = Scheduled(Plan);
        deployment.StartItself(Open, Slot.Start).Error.ShouldBeNull();
        Postponed(deployment);
        var later = new Slot(Slot.Start.AddMinutes(10), Slot.End.AddMinutes(10));
        deployment.Reschedule(later, "In ten minutes.", Mia, Slot.Start.AddMinutes(3)).Error.ShouldBeNull();

        deployment.StartsItself(later.Start).ShouldBeTrue();
        deployment.MissSlot(later.End.AddSeconds(1)).ShouldBeTrue();
    }

    [Fact]
    public void An_approval_that_would_run_out_after_the_slot_keeps_nothing_from_expiring()
    {
        var deployment = Scheduled(Plan);
        deployment.ApprovalsDueAt.ShouldBeNull();
        deployment.MissSlot(Slot.End.AddMinutes(1)).ShouldBeTrue();

        deployment.PassTime(Now + StartGates.ApprovalValidity);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.IsMissed.ShouldBeTrue();
        deployment.Expire(Slot.End.AddDays(14).AddSeconds(1)).ShouldBeTrue();
    }

    [Fact]
    public void What_is_in_review_when_its_slot_passes_is_missed_and_given_up_as_well()
    {
        var far = new Slot(Now.AddDays(20), Now.AddDays(20).AddHours(1));
        var deployment = Scheduled(Plan, far);
        deployment.PassTime(Now + StartGates.ApprovalValidity);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.MissSlot(far.End).ShouldBeFalse();

        deployment.MissSlot(far.End.AddSeconds(1)).ShouldBeTrue();
        deployment.IsMissed.ShouldBeTrue();
        deployment.Expire(far.End.AddDays(14)).ShouldBeFalse();
        deployment.Expire(far.End.AddDays(14).AddSeconds(1)).ShouldBeTrue();
        deployment.Status.ShouldBe(DeploymentStatus.Expired);
        deployment.ApprovalsDueAt.ShouldBeNull();
    }

    [Fact]
    public void Fourteen_days_after_its_slot_it_is_given_up()
    {
        var deployment = Scheduled(Plan);
        deployment.Expire(Slot.End.AddDays(14)).ShouldBeFalse();

        deployment.Expire(Slot.End.AddDays(14).AddSeconds(1)).ShouldBeTrue();
        deployment.Status.ShouldBe(DeploymentStatus.Expired);
        deployment.IsOver.ShouldBeTrue();
    }

    [Fact]
    public void On_demand_it_is_given_up_when_an_approval_does_not_hold_any_more()
    {
        var (approved, unapproved) = (Scheduled(Given.Plan, slot: null), Deployment.Create("DEP-2026-000002", default, default, default, "", "", Given.Plan with { IsLive = false }, null, Mia, Now));
        unapproved.Submit([], Mia, Now);

        approved.Expire(Now + StartGates.ApprovalValidity).ShouldBeFalse();
        approved.Expire(Now + StartGates.ApprovalValidity + TimeSpan.FromSeconds(1)).ShouldBeTrue();
        unapproved.Expire(Now.AddYears(1)).ShouldBeFalse();
    }

    private static Deployment Named(Actor person)
    {
        var deployment = Scheduled(Plan);
        deployment.Assign([new Assignment(RoleSlot.Operator, person)], [new Colleague(person, "", [Role.DeploymentPractitioner], [])], null, Mia, Now).Error.ShouldBeNull();
        return deployment;
    }

    /// <summary>Its run halted before anything was touched, and somebody postponed it.</summary>
    private static Deployment Postponed(Deployment deployment)
    {
        var run = Given.Run(Given.Targets(1));
        run.Stop("Not now.", Ana, Slot.Start.AddMinutes(1)).Error.ShouldBeNull();
        deployment.Follow(run, Slot.Start.AddMinutes(1));
        run.Postpone(Given.Decision(Slot.Start.AddMinutes(2))).Error.ShouldBeNull();
        deployment.Follow(run, Slot.Start.AddMinutes(2));
        return deployment;
    }

    private static Deployment Scheduled(Plan plan) => Scheduled(plan, Slot);

    private static Deployment Scheduled(Plan plan, Slot? slot)
    {
        var deployment = Deployment.Create("DEP-2026-000001", default, default, default, "", "", plan, slot, Mia, Now);
        deployment.Submit([ApproverQuality.Peer], Mia, Now).Error.ShouldBeNull();
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Ana, Now).Error.ShouldBeNull();
        return deployment;
    }
}
