using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Four eyes, bound to one plan digest (domain §2.4.2, §2.6, SOD-1, SOD-3, SOD-6).</summary>
public sealed class Approving
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana"), Paul = new("paul", "Paul");
    private static readonly Actor Robot = new("ci", "CI", ActorKind.Machine);
    private static readonly Plan Plan = Given.Plan;
    private static readonly Gate[] Open = [new(GateKind.Slot, true, "On demand.")];

    [Fact]
    public void One_peer_s_yes_schedules_a_reversible_plan_for_a_live_environment()
    {
        var deployment = Submitted();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);

        Approve(deployment, Ana).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.Approvals.Single().PlanDigest.ShouldBe(Plan.Digest);
    }

    [Fact]
    public void Nobody_has_to_approve_where_no_user_is_touched() =>
        Submitted(Plan with { IsLive = false }).Status.ShouldBe(DeploymentStatus.Scheduled);

    [Fact]
    public void Whoever_planned_or_edited_may_not_approve()
    {
        var deployment = Submitted();
        Approve(deployment, Mia).Error!.Code.ShouldBe("SOD-1");

        Edit(deployment, Plan with { Reason = ReasonCode.Security }, Paul);
        Approve(deployment, Paul).Error!.Code.ShouldBe("SOD-1");
    }

    [Fact]
    public void A_machine_never_approves() => Approve(Submitted(), Robot).Error!.Code.ShouldBe("SOD-6");

    [Fact]
    public void A_yes_to_a_plan_that_was_edited_meanwhile_is_refused()
    {
        var deployment = Submitted();
        var seen = deployment.PlanDigest;
        Edit(deployment, Plan with { Parameters = new Dictionary<string, string> { ["batchSize"] = "2" } }, Mia);

        deployment.Approve(seen, [Role.Approver], [ApproverQuality.Peer], null, Ana, Now).Error.ShouldBe(DeploymentErrors.DigestChanged);
    }

    [Fact]
    public void A_material_edit_voids_what_was_approved_and_a_word_does_not()
    {
        var deployment = Submitted();
        Approve(deployment, Ana);

        Edit(deployment, Plan, Mia, "Another title");
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);

        Edit(deployment, Plan with { Model = "big-bang" }, Mia);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.Approvals.Count(approval => approval.Status is ApprovalStatus.Approved).ShouldBe(0);
    }

    [Fact]
    public void Fewer_targets_keep_the_approval_unless_the_approver_took_them_away()
    {
        var narrower = Plan with { Targets = [Plan.Targets[0]] };
        var (byPlanner, byApprover) = (Submitted(), Submitted());
        Approve(byPlanner, Ana);
        Approve(byApprover, Ana);

        Edit(byPlanner, narrower, Mia);
        Edit(byApprover, narrower, Ana);

        byPlanner.Status.ShouldBe(DeploymentStatus.Scheduled);
        byApprover.Status.ShouldBe(DeploymentStatus.InReview);
    }

    [Fact]
    public void A_yes_taken_back_reviews_again()
    {
        var deployment = Submitted();
        Approve(deployment, Ana);

        deployment.WithdrawApproval("I misread it.", Ana, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.WithdrawApproval("Again.", Ana, Now).Error.ShouldBe(DeploymentErrors.NothingToWithdraw);
    }

    [Fact]
    public void The_only_approver_of_a_live_plan_may_not_also_start_it()
    {
        var deployment = Submitted();
        Approve(deployment, Ana);

        deployment.StartRun(Open, Ana, Now).Error!.Code.ShouldBe("SOD-3");
        deployment.StartRun(Open, Paul, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InProgress);
    }

    [Fact]
    public void A_closed_gate_is_named_when_a_start_is_refused()
    {
        var deployment = Submitted();
        Approve(deployment, Ana);

        var refusal = deployment.StartRun([new(GateKind.Slot, false, "The slot opens at 22:00 UTC.")], Paul, Now).Error!;
        refusal.Code.ShouldBe("deployment.gates-closed");
        refusal.Message.ShouldContain("22:00");
    }

    [Fact]
    public void An_irreversible_change_needs_two_people_of_two_qualities()
    {
        var irreversible = Plan with { RollbackMethod = RollbackMethod.Irreversible };
        var deployment = Submitted(irreversible);

        deployment.Approve(irreversible.Digest, [Role.Approver], [ApproverQuality.ChangeAuthority, ApproverQuality.ServiceOwner], null, Ana, Now).Error.ShouldBeNull();
        deployment.Approve(irreversible.Digest, [Role.Approver], [ApproverQuality.ServiceOwner], null, Ana, Now).Error.ShouldBe(DeploymentErrors.AlreadyApproved);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.Approve(irreversible.Digest, [Role.Approver], [ApproverQuality.ServiceOwner], null, Paul, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    private static Deployment Submitted(Plan? plan = null)
    {
        var deployment = Deployment.Create("DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web 1.1.0", "", plan ?? Plan, null, Mia, Now);
        deployment.Submit(Needed(deployment.Plan), Mia, Now).Error.ShouldBeNull();
        return deployment;
    }

    private static Result Approve(Deployment deployment, Actor by) => deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, by, Now);

    private static void Edit(Deployment deployment, Plan plan, Actor by, string title = "web 1.1.0") =>
        deployment.Edit(title, "", deployment.ModelVersionId, plan, null, Needed(plan), by, Now).Error.ShouldBeNull();

    private static IReadOnlyList<NeededApproval> Needed(Plan plan) => ApprovalPolicy.For(plan, new EnvironmentPolicy(), plan.RollbackMethod is RollbackMethod.Irreversible ? RiskBand.Medium : RiskBand.Low);
}
