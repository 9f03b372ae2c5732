using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Domain.Deployments.Deviating;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>“External change in state authorised” instead of the approvals of the table (domain §2.6).</summary>
public sealed class StandingForApprovals
{
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana"), Robot = new("ci", "CI", ActorKind.Machine);
    private static readonly Plan Plan = Given.Plan with { ChangeReference = "CHG1" };
    private static readonly ChangeSeen Scheduled = new(true, true, "Scheduled", "approved", Link: "https://acme.service-now.com/CHG1");
    private static readonly Gate[] Open = [new(GateKind.Slot, true, "On demand.")];

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
        var deployment = Submitted(Plan with { AskedByModel = [ApproverQuality.SecurityApprover] }, RiskBand.Medium);

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
        var deviating = Submitted(Plan with { Deviations = [new PlannedDeviation("batchSize", "must be at most 5", "The cache is cold.")] });
        deviating.FollowChange(Authorised(), Now);
        deviating.Approvals.Single(approval => approval.Status == ApprovalStatus.Pending).ByManager.ShouldBeTrue();

        var emergency = Submitted(Plan with { Category = ChangeCategory.Emergency, Incident = "INC-77" });
        emergency.FollowChange(Authorised(), Now);
        Waiting(emergency).ShouldBe([ApproverQuality.EmergencyApprover]);
    }

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

        Gate(deployment, null).IsOpen.ShouldBeFalse();
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
        Gate(deployment, Authorised() with { SeenAt = Now.AddDays(30) }, Now.AddDays(30)).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void One_authorisation_stands_for_one_plan()
    {
        var deployment = Submitted();
        deployment.FollowChange(Authorised(), Now);
        var other = Plan with { Parameters = new Dictionary<string, string> { ["batchSize"] = "2" } };
        deployment.Edit("web", "", deployment.ModelVersionId, other, null, Needed(other), Mia, Now).Error.ShouldBeNull();

        deployment.FollowChange(Authorised(), Now);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        Gate(deployment, Authorised()).Sentence.ShouldContain($"CHG1 was authorised for another plan than {other.Digest.Short}: have it authorised anew in ServiceNow, or ask the approvers.");

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

        var refused = Submitted(Plan with { AskedByModel = [ApproverQuality.SecurityApprover] }, RiskBand.Medium);
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
        deployment.Submit(Needed(Plan), Mia, Now, Risk(RiskBand.Low)).Error.ShouldBeNull();

        deployment.FollowChange(Authorised(), Now);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void The_change_is_nobody_where_a_person_is_asked_for()
    {
        var deployment = Submitted(Plan with { AskedByModel = [ApproverQuality.Peer] }, RiskBand.Medium);
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

        Gate(deployment, Called()).Sentence.ShouldEndWith("CHG1 stands for 1 approval once it is authorised in ServiceNow.");
        deployment.FollowChange(Authorised(), Now);
        Gate(deployment, Authorised()).Sentence.ShouldBe("Approved by CHG1 in ServiceNow.");
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

    [Fact]
    public void A_no_leaves_nothing_open_from_before()
    {
        var deployment = Submitted(band: RiskBand.Medium);
        Approve(deployment, Ana, ApproverQuality.ServiceOwner).Error.ShouldBeNull();
        deployment.Reject(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], "Not on a Friday.", Given.Dora, Now).Error.ShouldBeNull();
        deployment.Submit(Needed(Plan, RiskBand.Medium), Mia, Now, Risk(RiskBand.Medium)).Error.ShouldBeNull();

        Waiting(deployment).Count().ShouldBe(2);
        Approve(deployment, Ana, ApproverQuality.ServiceOwner).Error.ShouldBeNull();
    }

    private static Deployment Submitted(Plan? plan = null, RiskBand band = RiskBand.Low, EnvironmentPolicy? policy = null)
    {
        var deployment = Deployment.Create("DEP-2026-000009", default, default, default, "web", "", plan ?? Plan, null, Mia, Now);
        deployment.Submit(Needed(plan ?? Plan, band, policy), Mia, Now, Risk(band)).Error.ShouldBeNull();
        return deployment;
    }

    private static void EditAndSubmit(Deployment deployment)
    {
        var other = deployment.Plan with { Reason = ReasonCode.Security };
        deployment.Edit("web", "", deployment.ModelVersionId, other, null, [], Mia, Now).Error.ShouldBeNull();
        deployment.Submit(Needed(other, RiskBand.Medium), Mia, Now, Risk(RiskBand.Medium)).Error.ShouldBeNull();
    }

    private static IReadOnlyList<NeededApproval> Needed(Plan plan, RiskBand band = RiskBand.Low, EnvironmentPolicy? policy = null) => ApprovalPolicy.For(plan, policy ?? new EnvironmentPolicy(), band);

    private static Risk Risk(RiskBand band) => new()
    {
        Factors = [.. Enum.GetValues<RiskFactorKind>().Select((kind, place) => new RiskFactor(kind, band switch { RiskBand.Low => 0, RiskBand.Medium => place > 2 ? 2 : 0, _ => 2 }, "So."))],
        PlanDigest = Plan.Digest,
        AssessedAt = Now,
    };

    private static Result Approve(Deployment deployment, Actor by, ApproverQuality quality) => deployment.Approve(deployment.PlanDigest, [Role.Approver], [quality], null, by, Now);

    private static ChangeStanding Authorised(DateTimeOffset? since = null) => new("ServiceNow", "CHG1", Scheduled, since ?? Now, null, WhenUnreachable.Hold, true, since ?? Now);

    private static ChangeStanding Called() => new("ServiceNow", "CHG1", new ChangeSeen(true, false, "Canceled"), Now, null, WhenUnreachable.Hold, true);

    private static IEnumerable<ApproverQuality> Waiting(Deployment deployment) => deployment.Approvals.Where(approval => approval.Status == ApprovalStatus.Pending).Select(approval => approval.Quality);

    private static IEnumerable<string> Told(Deployment deployment, string kind) => deployment.TakeNewEvents().Where(happened => happened.Kind == kind).Select(happened => happened.Text);

    private static void Look(ChangeRecord record, ChangeSeen? seen, DateTimeOffset at) =>
        record.Settle(record.Take(TimeSpan.FromMinutes(1), at), new ChangeAnswer(seen, seen is null ? "It is away." : null), true, at);

    private static Gate Gate(Deployment deployment, ChangeStanding? change, DateTimeOffset? at = null)
    {
        var facts = new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, Given.Plan.ModelDigest), [], [], []) { Change = change };
        return StartGates.For(deployment, facts, at ?? Now).Single(gate => gate.Kind == GateKind.Approval);
    }
}
