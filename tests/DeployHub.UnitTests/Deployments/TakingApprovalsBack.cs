using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.UnitTests.Runs;
using static DeployHub.UnitTests.Deployments.ChangeGiven;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What an authorised change gave a plan holds while it stays authorised, for that plan alone.</summary>
public sealed class TakingApprovalsBack
{
    [Fact]
    public void What_a_person_approved_stays_theirs()
    {
        var deployment = Submitted(band: RiskBand.Medium);
        Approve(deployment, Ana, ApproverQuality.ServiceOwner).Error.ShouldBeNull();

        deployment.FollowChange(Authorised(), Now);
        deployment.Approvals.Select(approval => approval.DecidedBy!.Name).ShouldBe(["CHG1 in ServiceNow", "Ana"], ignoreOrder: true);
        deployment.FollowChange(Called(), Now);

        deployment.Approvals.Single(approval => approval.Status == ApprovalStatus.Approved).DecidedBy.ShouldBe(Ana);
        deployment.Approvals.Count(approval => approval.Status == ApprovalStatus.Pending).ShouldBe(1);
    }

    [Fact]
    public void A_change_that_is_called_off_takes_back_what_it_gave_and_gives_it_anew_later()
    {
        var deployment = Submitted();
        deployment.FollowChange(Authorised(), Now);

        deployment.FollowChange(Called(), Now.AddHours(1));
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.Approvals.Select(approval => approval.Status).ShouldBe([ApprovalStatus.Withdrawn, ApprovalStatus.Pending]);
        Told(deployment, "WithdrawApproval").Single().ShouldBe("CHG1 is “Canceled” in ServiceNow, which is not authorised. What it stood for is asked for again: 1 approval.");

        deployment.FollowChange(Authorised(since: Now.AddHours(2)), Now.AddHours(2));
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void A_connection_that_ends_takes_back_what_it_gave()
    {
        var deployment = Submitted();
        deployment.FollowChange(Authorised(), Now);

        ApprovalGate(deployment, null).IsOpen.ShouldBeFalse();
        deployment.FollowChange(null, Now);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        Told(deployment, "WithdrawApproval").Single().ShouldContain("an administrator changed the connection to ServiceNow");
    }

    [Fact]
    public void Silence_takes_nothing_back_and_a_run_under_way_loses_nothing()
    {
        var deployment = Submitted();
        deployment.FollowChange(Authorised(), Now);
        deployment.FollowChange(Authorised() with { Trouble = "It is away." }, Now.AddDays(1));
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);

        deployment.StartRun(Open, Given.Paul, Now).Error.ShouldBeNull();
        deployment.FollowChange(Called(), Now.AddDays(1));
        deployment.Approvals.Single().Status.ShouldBe(ApprovalStatus.Approved);
    }

    [Fact]
    public void It_counts_while_the_change_stays_authorised_however_long()
    {
        var deployment = Submitted();
        deployment.FollowChange(Authorised(), Now);

        deployment.ApprovalsDueAt.ShouldBeNull();
        deployment.PassTime(Now.AddDays(30));
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        ApprovalGate(deployment, Authorised() with { SeenAt = Now.AddDays(30) }, Now.AddDays(30)).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void One_authorisation_stands_for_one_plan()
    {
        var deployment = Submitted();
        deployment.FollowChange(Authorised(), Now);
        var other = UnderChange with { Parameters = new Dictionary<string, string> { ["batchSize"] = "2" } };
        deployment.Edit("web", "", deployment.ModelVersionId, other, null, Needed(other), Mia, Now).Error.ShouldBeNull();

        deployment.FollowChange(Authorised(), Now);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        ApprovalGate(deployment, Authorised()).Sentence.ShouldContain($"CHG1 was authorised for another plan than {other.Digest.Short}: have it authorised anew in ServiceNow, or ask the approvers.");

        deployment.FollowChange(Authorised(since: Now.AddHours(1)), Now.AddHours(1));
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void Neither_a_recall_nor_a_no_between_is_a_way_around_that()
    {
        var recalled = Submitted();
        recalled.FollowChange(Authorised(), Now);
        recalled.Recall("Another version.", Mia, Now).Error.ShouldBeNull();
        EditAndSubmit(recalled);
        recalled.FollowChange(Authorised(), Now);
        recalled.Status.ShouldBe(DeploymentStatus.InReview);

        var refused = Submitted(UnderChange with { AskedByModel = [ApproverQuality.SecurityApprover] }, RiskBand.Medium);
        refused.FollowChange(Authorised(), Now);
        refused.Reject(refused.PlanDigest, [Role.Approver], [ApproverQuality.SecurityApprover], "No.", Ana, Now).Error.ShouldBeNull();
        EditAndSubmit(refused);
        refused.FollowChange(Authorised(), Now);
        refused.Approvals.ShouldNotContain(approval => approval.Status == ApprovalStatus.Approved);
    }

    [Fact]
    public void The_same_plan_submitted_again_takes_it_again()
    {
        var deployment = Submitted();
        deployment.FollowChange(Authorised(), Now);
        deployment.Recall("A typing error in the title.", Mia, Now).Error.ShouldBeNull();
        deployment.Submit(Needed(UnderChange), Mia, Now, RiskOf(RiskBand.Low)).Error.ShouldBeNull();

        deployment.FollowChange(Authorised(), Now);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void A_no_leaves_nothing_open_from_before()
    {
        var deployment = Submitted(band: RiskBand.Medium);
        Approve(deployment, Ana, ApproverQuality.ServiceOwner).Error.ShouldBeNull();
        deployment.Reject(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], "Not on a Friday.", Given.Dora, Now).Error.ShouldBeNull();
        deployment.Submit(Needed(UnderChange, RiskBand.Medium), Mia, Now, RiskOf(RiskBand.Medium)).Error.ShouldBeNull();

        Waiting(deployment).Count().ShouldBe(2);
        Approve(deployment, Ana, ApproverQuality.ServiceOwner).Error.ShouldBeNull();
    }
}
