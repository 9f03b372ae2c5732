using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Starting by itself, missing a slot, expiring (domain §2.4.1, rows 7 and 12).</summary>
public sealed class KeepingTheSlot
{
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana"), Robot = new("ci", "CI", ActorKind.Machine);
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
