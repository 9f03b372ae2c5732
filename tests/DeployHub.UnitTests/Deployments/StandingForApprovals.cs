using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Domain.Deployments.Deviating;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using static DeployHub.UnitTests.Deployments.ChangeGiven;

namespace DeployHub.UnitTests.Deployments;

/// <summary>“External change in state authorised” instead of the approvals of the table (domain §2.6): what it gives, and what stays with people.</summary>
public sealed class StandingForApprovals
{
    [Theory]
    [InlineData(RiskBand.Low, 1)]
    [InlineData(RiskBand.Medium, 2)]
    [InlineData(RiskBand.High, 3)]
    public void An_authorised_change_gives_what_the_table_asks_for(RiskBand band, int approvals)
    {
        var deployment = Submitted(band: band);

        deployment.FollowChange(Authorised(), Now);

        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.Approvals.Count.ShouldBe(approvals);
        deployment.Approvals.ShouldAllBe(approval => approval.Status == ApprovalStatus.Approved && approval.PlanDigest == deployment.PlanDigest);
        deployment.Approvals[0].Change.ShouldBe(new GivenByChange("CHG1", "ServiceNow", "“Scheduled”, approval “approved”", Now, Now, Scheduled.Link));
        deployment.Approvals[0].DecidedBy!.Name.ShouldBe("CHG1 in ServiceNow");
        Told(deployment, "ApproveByChange").Single().ShouldContain("CHG1 is “Scheduled”, approval “approved” in ServiceNow, seen at 2026-11-23 10:00 UTC");
    }

    [Fact]
    public void Looking_twice_changes_nothing()
    {
        var deployment = Submitted();
        deployment.FollowChange(Authorised(), Now);
        var events = deployment.EventCount;

        deployment.FollowChange(Authorised(), Now.AddMinutes(5));
        deployment.EventCount.ShouldBe(events);
    }

    [Fact]
    public void A_plan_is_told_for_how_many_approvals_its_change_would_stand()
    {
        Called().StandsFor(2).ShouldBe("CHG1 stands for 2 approvals once it is authorised in ServiceNow.");
        Called().StandsFor(0).ShouldBeNull();
        (Called() with { StandsForApprovals = false }).StandsFor(2).ShouldBeNull();
    }

    [Fact]
    public void A_connection_that_does_not_say_so_gives_nothing()
    {
        var deployment = Submitted();

        deployment.FollowChange(Authorised() with { StandsForApprovals = false }, Now);
        deployment.FollowChange(null, Now);

        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.ApprovalsBy(Authorised() with { StandsForApprovals = false }, Now).ShouldBeNull();
    }

    [Fact]
    public void What_is_not_authorised_or_was_not_heard_of_lately_gives_nothing()
    {
        var deployment = Submitted();

        deployment.FollowChange(Called(), Now);
        deployment.FollowChange(Authorised() with { Seen = null, SeenAt = null, AuthorisedSince = null }, Now);
        deployment.FollowChange(Authorised() with { SeenAt = null }, Now);
        deployment.FollowChange(Authorised() with { SeenAt = Now.AddMinutes(-16), Trouble = "It is away." }, Now);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);

        deployment.FollowChange(Authorised() with { SeenAt = Now.AddMinutes(-16), Trouble = "It is away.", Unreachable = WhenUnreachable.AcceptLastKnown }, Now);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void What_the_model_asks_for_stays_with_people()
    {
        var deployment = Submitted(UnderChange with { AskedByModel = [ApproverQuality.SecurityApprover] }, RiskBand.Medium);

        deployment.FollowChange(Authorised(), Now);
        Waiting(deployment).ShouldBe([ApproverQuality.SecurityApprover]);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);

        Approve(deployment, Ana, ApproverQuality.SecurityApprover).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Theory]
    [InlineData(1, RiskBand.Low, 1)]
    [InlineData(1, RiskBand.High, 1)]
    [InlineData(2, RiskBand.Low, 2)]
    [InlineData(4, RiskBand.High, 4)]
    public void So_does_what_the_environment_asks_for(int atLeast, RiskBand band, int waiting)
    {
        var deployment = Submitted(band: band, policy: new EnvironmentPolicy(MinimumApprovals: atLeast));

        deployment.FollowChange(Authorised(), Now);
        Waiting(deployment).Count().ShouldBe(waiting);
    }

    [Fact]
    public void So_does_a_deviation_and_an_emergency()
    {
        var deviating = Submitted(UnderChange with { Deviations = [new PlannedDeviation("batchSize", "must be at most 5", "The cache is cold.")] });
        deviating.FollowChange(Authorised(), Now);
        deviating.Approvals.Single(approval => approval.Status == ApprovalStatus.Pending).ByManager.ShouldBeTrue();

        var emergency = Submitted(UnderChange with { Category = ChangeCategory.Emergency, Incident = "INC-77" });
        emergency.FollowChange(Authorised(), Now);
        Waiting(emergency).ShouldBe([ApproverQuality.EmergencyApprover]);
    }

    [Fact]
    public void The_change_is_nobody_where_a_person_is_asked_for()
    {
        var deployment = Submitted(UnderChange with { AskedByModel = [ApproverQuality.Peer] }, RiskBand.Medium);
        deployment.FollowChange(Authorised(), Now);
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Ana, Now, isAuthor: true).Error!.Code.ShouldBe("SOD-2");
        Approve(deployment, Ana, ApproverQuality.Peer).Error.ShouldBeNull();
        deployment.StartRun(Open, Ana, Now).Error!.Code.ShouldBe("SOD-3");

        var alone = Submitted();
        alone.FollowChange(Authorised(), Now);
        alone.StartRun(Open, Robot, Now).Error!.Code.ShouldBe("SOD-6");
        alone.StartRun(Open, Mia, Now).Error.ShouldBeNull();
    }

    [Fact]
    public void The_gate_says_what_the_change_would_give()
    {
        var deployment = Submitted();

        ApprovalGate(deployment, Called()).Sentence.ShouldEndWith("CHG1 stands for 1 approval once it is authorised in ServiceNow.");
        deployment.FollowChange(Authorised(), Now);
        ApprovalGate(deployment, Authorised()).Sentence.ShouldBe("Approved by CHG1 in ServiceNow.");
        deployment.ApprovalsBy(Authorised(), Now).ShouldBe("CHG1 stands for 1 approval of this plan.");
    }

    [Fact]
    public void A_look_keeps_since_when_the_change_is_authorised()
    {
        var record = ChangeRecord.Of(default, "CHG1", Now);

        Look(record, Scheduled, Now);
        Look(record, Scheduled with { State = "Implement" }, Now.AddMinutes(5));
        record.AuthorisedSince.ShouldBe(Now);
        Look(record, null, Now.AddMinutes(6));
        record.AuthorisedSince.ShouldBe(Now);
        Look(record, ChangeSeen.Unknown, Now.AddMinutes(7));
        record.AuthorisedSince.ShouldBeNull();
        Look(record, Scheduled, Now.AddMinutes(8));
        record.AuthorisedSince.ShouldBe(Now.AddMinutes(8));
    }

    [Fact]
    public void It_keeps_that_as_the_database_does()
    {
        var record = ChangeRecord.Of(default, "CHG1", Now);

        Look(record, Scheduled, Now.AddTicks(12_345_678));
        record.AuthorisedSince.ShouldBe(Now.AddTicks(12_345_670));
    }
}
