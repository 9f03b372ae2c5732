using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Reminders, escalation, delegation, cover, expiry, and approvers who leave (domain §2.2.3, §2.3.2).</summary>
public sealed class LettingTimePass
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana"), Otto = new("otto", "Otto"), Rita = new("rita", "Rita");
    private static readonly Role[] Approver = [Role.Approver];
    private static readonly ApproverQuality[] Peer = [ApproverQuality.Peer];

    [Fact]
    public void Approvers_are_reminded_at_half_of_the_time_and_everybody_is_asked_at_three_quarters()
    {
        var deployment = Submitted(new Slot(Now.AddHours(8), Now.AddHours(9)));
        deployment.ApprovalsDueAt.ShouldBe(Now.AddHours(4));
        Delegate(deployment, Otto).Error.ShouldBeNull();

        Told(deployment, Now.AddHours(3)).ShouldBeEmpty();
        Told(deployment, Now.AddHours(4)).ShouldHaveSingleItem().ShouldContain("reminder");
        Told(deployment, Now.AddHours(5)).ShouldBeEmpty();
        deployment.Approvals[0].AskedOf.ShouldBe(Otto);

        Told(deployment, Now.AddHours(6)).ShouldHaveSingleItem().ShouldContain("everybody who is qualified");
        deployment.Approvals[0].AskedOf.ShouldBeNull();
        deployment.ApprovalsDueAt.ShouldBeNull();
        Told(deployment, Now.AddHours(7)).ShouldBeEmpty();
    }

    [Fact]
    public void On_demand_a_day_and_another_pass() => Submitted(null).ApprovalsDueAt.ShouldBe(Now.AddHours(24));

    [Fact]
    public void An_approval_expires_after_fourteen_days_and_is_asked_for_again()
    {
        var deployment = Submitted(new Slot(Now.AddDays(20), Now.AddDays(20).AddHours(1)));
        deployment.Approve(deployment.PlanDigest, Approver, Peer, null, Ana, Now).Error.ShouldBeNull();
        deployment.ApprovalsDueAt.ShouldBe(Now.AddDays(14));

        Told(deployment, Now.AddDays(14)).ShouldHaveSingleItem().ShouldContain("has expired");
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.Approvals.Select(approval => approval.Status).ShouldBe([ApprovalStatus.Expired, ApprovalStatus.Pending]);
        deployment.Approve(deployment.PlanDigest, Approver, Peer, null, Ana, Now.AddDays(14)).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void On_demand_the_plan_itself_is_given_up_then()
    {
        var deployment = Submitted(null);
        deployment.Approve(deployment.PlanDigest, Approver, Peer, null, Ana, Now).Error.ShouldBeNull();
        deployment.ApprovalsDueAt.ShouldBeNull("nothing is asked for again");
        Told(deployment, Now.AddDays(15)).ShouldBeEmpty();

        deployment.Expire(Now.AddDays(15)).ShouldBeTrue();
        deployment.Status.ShouldBe(DeploymentStatus.Expired);
    }

    [Fact]
    public void A_delegate_is_qualified_and_both_names_are_kept()
    {
        var deployment = Submitted(null);
        Delegate(deployment, Ana).Error.ShouldBe(ApprovalErrors.DelegatedToOneself);
        Delegate(deployment, Mia).Error!.Code.ShouldBe("SOD-1");
        Delegate(deployment, Otto, roles: []).Error!.Code.ShouldBe("approval.delegate-not-qualified");
        Delegate(deployment, Otto, number: 2).Error.ShouldBe(ApprovalErrors.NothingDelegated);

        Delegate(deployment, Otto).Error.ShouldBeNull();
        deployment.Approve(deployment.PlanDigest, Approver, Peer, null, Otto, Now).Error.ShouldBeNull();
        deployment.Approvals[0].InPlaceOf.ShouldBe(Ana);
        deployment.TakeNewEvents().Single(happened => happened.Kind == "Approve").Text.ShouldStartWith("Otto, in place of Ana, approved");
    }

    [Fact]
    public void A_deputy_decides_what_was_asked_of_who_is_away_by_their_own_qualification()
    {
        var deployment = Submitted(null);
        Delegate(deployment, Otto);

        deployment.Approve(deployment.PlanDigest, [], [], null, Rita, Now, covers: [Otto]).Error!.Code.ShouldBe("approval.not-qualified");
        deployment.Approve(deployment.PlanDigest, Approver, Peer, null, Rita, Now, covers: [Otto]).Error.ShouldBeNull();
        deployment.Approvals[0].InPlaceOf.ShouldBe(Otto);
    }

    [Fact]
    public void An_approver_who_leaves_is_asked_no_more_and_what_they_approved_stands()
    {
        var asked = Submitted(null);
        Delegate(asked, Otto);
        asked.LoseApprover(Otto, "has no account any more", Now);
        asked.Approvals[0].AskedOf.ShouldBeNull();
        asked.TakeNewEvents()[^1].Kind.ShouldBe("EscalateApproval");

        var given = Submitted(null);
        given.Approve(given.PlanDigest, Approver, Peer, null, Otto, Now);
        given.LoseApprover(Otto, "has no account any more", Now.AddDays(1));
        given.Status.ShouldBe(DeploymentStatus.Scheduled);
        given.Approvals[0].Note!.ShouldContain("stands");
    }

    [Fact]
    public void Cover_lies_ahead_and_ends()
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        ApprovalCover.Name(Ana, Ana, today, today, Now).Error!.Code.ShouldBe("approval-cover.oneself");
        ApprovalCover.Name(Ana, Otto, today, today.AddDays(-1), Now).Error!.Code.ShouldBe("approval-cover.dates");
        ApprovalCover.Name(Ana, Otto, today, today.AddDays(ApprovalCover.LongestDays), Now).Error!.Code.ShouldBe("approval-cover.dates");

        var cover = ApprovalCover.Name(Ana, Otto, today.AddDays(1), today.AddDays(3), Now).Value;
        (cover.IsInForce(today), cover.IsInForce(today.AddDays(3)), cover.IsInForce(today.AddDays(4))).ShouldBe((false, true, false));
        cover.End(Otto, Now).Error.ShouldBe(ApprovalErrors.NoSuchCover);
        cover.End(Ana, Now).Error.ShouldBeNull();
        cover.End(Ana, Now).Error.ShouldBe(ApprovalErrors.CoverIsOver);
        cover.IsInForce(today.AddDays(2)).ShouldBeFalse();
    }

    private static Domain.Result Delegate(Deployment deployment, Actor to, Role[]? roles = null, int number = 1) =>
        deployment.DelegateApproval(number, to, roles ?? Approver, [], Approver, Peer, "I am away.", Ana, Now);

    private static IReadOnlyList<string> Told(Deployment deployment, DateTimeOffset at)
    {
        deployment.TakeNewEvents();
        deployment.PassTime(at);
        return [.. deployment.TakeNewEvents().Select(happened => happened.Text)];
    }

    private static Deployment Submitted(Slot? slot)
    {
        var deployment = Deployment.Create("DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web 1.1.0", "", Given.Plan, slot, Mia, Now);
        deployment.Submit([ApproverQuality.Peer], Mia, Now).Error.ShouldBeNull();
        return deployment;
    }
}
