using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Who has to approve (domain §2.6): the strictest of model, environment and risk.</summary>
public sealed class MatchingApprovals
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana"), Otto = new("otto", "Otto"), Paul = new("paul", "Paul");
    private static readonly Plan Plan = Given.Plan;

    [Theory]
    [InlineData(ChangeCategory.Normal, RiskBand.Low, "Peer")]
    [InlineData(ChangeCategory.Normal, RiskBand.Medium, "Peer by an approver, ServiceOwner")]
    [InlineData(ChangeCategory.Normal, RiskBand.High, "ChangeAuthority, Peer by an approver, ServiceOwner")]
    [InlineData(ChangeCategory.Standard, RiskBand.Low, "")]
    [InlineData(ChangeCategory.Standard, RiskBand.Medium, "Peer by an approver, ServiceOwner")]
    [InlineData(ChangeCategory.Emergency, RiskBand.High, "EmergencyApprover")]
    public void The_table_of_the_specification(ChangeCategory category, RiskBand risk, string needed)
    {
        InWords(ApprovalPolicy.For(Plan with { Category = category }, new EnvironmentPolicy(), risk)).ShouldBe(needed);
        ApprovalPolicy.For(Plan with { Category = category, IsLive = false }, new EnvironmentPolicy(), risk).ShouldBeEmpty();
    }

    [Fact]
    public void An_environment_and_a_model_only_make_it_stricter()
    {
        InWords(ApprovalPolicy.For(Plan, new EnvironmentPolicy(MinimumApprovals: 2))).ShouldBe("Peer, Peer");
        InWords(ApprovalPolicy.For(Plan with { AskedByModel = [ApproverQuality.Peer, ApproverQuality.SecurityApprover] }, new EnvironmentPolicy())).ShouldBe("SecurityApprover, Peer");
        ApprovalPolicy.For(Plan, new EnvironmentPolicy(MinimumApprovals: 3), RiskBand.High).ShouldAllBe(slot => slot.Because.EndsWith('.'));
    }

    [Fact]
    public void Whoever_can_fill_what_few_can_fills_that_so_that_others_find_a_slot()
    {
        var deployment = Submitted(RiskBand.Medium);

        Approve(deployment, Otto, [ApproverQuality.ServiceOwner]).Error.ShouldBeNull();
        Approve(deployment, Ana, [ApproverQuality.Peer]).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void A_practitioner_is_a_peer_and_no_approver()
    {
        var deployment = Submitted(RiskBand.Medium);
        deployment.Approve(deployment.PlanDigest, [Role.DeploymentPractitioner], [], null, Paul, Now).Error!.Code.ShouldBe("approval.not-qualified");
    }

    [Fact]
    public void An_author_is_never_the_only_approver()
    {
        var low = Submitted(RiskBand.Low);
        low.Approve(low.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Ana, Now, isAuthor: true).Error!.Code.ShouldBe("SOD-2");

        var medium = Submitted(RiskBand.Medium);
        medium.Approve(medium.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Ana, Now, isAuthor: true).Error.ShouldBeNull();
        medium.Approve(medium.PlanDigest, [Role.Approver], [ApproverQuality.ServiceOwner], null, Otto, Now, isAuthor: true).Error!.Code.ShouldBe("SOD-2");
        Approve(medium, Otto, [ApproverQuality.ServiceOwner]).Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("Ana Approver", true)]
    [InlineData("ana@demo.example", true)]
    [InlineData("A. A. <ANA@demo.example>", true)]
    [InlineData("Ana Approver <other@demo.example>", false)] // the address decides
    [InlineData("Mia; ana@demo.example", true)]
    [InlineData("Anabel", false)]
    public void Authors_are_known_by_name_and_address(string reported, bool isOne) =>
        ChangeAuthors.Include(ChangeAuthors.Of([new Dictionary<string, string> { ["Author"] = reported, ["commit"] = "ana@demo.example" }]), "Ana Approver", "ana@demo.example").ShouldBe(isOne);

    [Fact]
    public void A_standard_change_is_authorised_by_its_model()
    {
        var standard = Plan with { Category = ChangeCategory.Standard };
        var authorised = new StandardAuthorisation("rolling", 3, Ana, Now.AddDays(-9));
        var deployment = Create(standard);

        deployment.Submit([], Mia, Now).Error!.Code.ShouldBe("deployment.standard-not-authorised");
        deployment.Submit([], Mia, Now, Risk(RiskBand.Low), authorised).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.TakeNewEvents()[^1].Text.ShouldBe("Authorised by model rolling v3, approved by Ana on 2026-11-14; may start on demand.");
        deployment.StartRun([], new Actor("ci", "CI", ActorKind.Machine), Now).Error.ShouldBeNull();
    }

    [Fact]
    public void A_model_authorises_within_its_scope_only()
    {
        var scope = new PreAuthorisation { Services = ["shop"], Tiers = [Tier.Production] };
        scope.Objection("shop", Tier.Production).ShouldBeNull();
        scope.Objection("bank", Tier.Production)!.ShouldContain("not for bank");
        scope.Objection("shop", Tier.Staging)!.ShouldContain("staging");
    }

    [Fact]
    public void Anybody_raises_the_risk_and_the_approvals_follow()
    {
        var deployment = Submitted(RiskBand.Low);
        Approve(deployment, Ana, [ApproverQuality.Peer]);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);

        Change(deployment, RiskBand.Medium, Mia).Error.ShouldBeNull(); // even who planned it
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.TakeNewEvents()[^1].Kind.ShouldBe("ChangeRisk");
        deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).Select(approval => approval.Quality).ShouldBe([ApproverQuality.Peer, ApproverQuality.ServiceOwner]);
        Change(deployment, RiskBand.Medium, Ana).Error.ShouldBe(RiskErrors.Same);
    }

    [Fact]
    public void Lowering_takes_an_approver_who_did_not_plan_it_and_stops_at_the_floor()
    {
        var deployment = Submitted(RiskBand.Medium);
        Change(deployment, RiskBand.Low, Paul, isApprover: false).Error.ShouldBe(RiskErrors.OnlyApproversLower);
        Change(deployment, RiskBand.Low, Mia, isApprover: true).Error!.Code.ShouldBe("SOD-1");

        Change(deployment, RiskBand.Low, Ana, isApprover: true).Error.ShouldBeNull();
        deployment.Approvals.Count(approval => approval.Status is ApprovalStatus.Pending).ShouldBe(1);

        var irreversible = Create(Plan with { RollbackMethod = RollbackMethod.Irreversible });
        var risk = Domain.Deployments.Risks.Risk.Of(new RiskFacts { Rollback = RollbackMethod.Irreversible, ModelUsedAt = Now }, irreversible.PlanDigest, Now);
        irreversible.Submit(ApprovalPolicy.For(irreversible.Plan, new EnvironmentPolicy(), risk.Band), Mia, Now, risk).Error.ShouldBeNull();
        Change(irreversible, RiskBand.Low, Ana, isApprover: true).Error!.Code.ShouldBe("risk.at-floor");
    }

    [Fact]
    public void No_author_lowers_it_and_whoever_does_is_not_the_only_approver()
    {
        var deployment = Submitted(RiskBand.Medium);
        deployment.ChangeRisk(RiskBand.Low, _ => [ApproverQuality.Peer], true, "It is mine.", Ana, Now, isAuthor: true).Error!.Code.ShouldBe("SOD-2");

        Change(deployment, RiskBand.Low, Ana, isApprover: true).Error.ShouldBeNull();
        Approve(deployment, Ana, [ApproverQuality.Peer]).Error!.Code.ShouldBe("approval.sole-lowerer");
        Approve(deployment, Otto, [ApproverQuality.Peer]).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void Another_is_asked_where_otherwise_only_an_author_or_who_lowered_it_would_have_approved()
    {
        var authored = Submitted(RiskBand.Medium);
        authored.Approve(authored.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Ana, Now, isAuthor: true).Error.ShouldBeNull();
        Drop(authored, Otto);
        authored.Approvals.Single(approval => approval.Status is ApprovalStatus.Pending).Because.ShouldBe(NeededApproval.ByAnother.Because);
        Approve(authored, Paul, [ApproverQuality.Peer]).Error.ShouldBeNull();
        authored.Status.ShouldBe(DeploymentStatus.Scheduled);

        var lowered = Submitted(RiskBand.Medium);
        Approve(lowered, Ana, [ApproverQuality.Peer]).Error.ShouldBeNull();
        Drop(lowered, Ana);
        lowered.Status.ShouldBe(DeploymentStatus.InReview);
        Approve(lowered, Otto, [ApproverQuality.Peer]).Error.ShouldBeNull();
        lowered.Status.ShouldBe(DeploymentStatus.Scheduled);

        static void Drop(Deployment deployment, Actor by) =>
            deployment.ChangeRisk(RiskBand.Low, _ => [new NeededApproval(ApproverQuality.Peer, ByApprover: true)], true, "It is small.", by, Now).Error.ShouldBeNull();
    }

    [Fact]
    public void An_edit_that_moves_the_slot_or_narrows_the_plan_is_approved_for_what_it_risks_then()
    {
        var (moved, narrowed) = (Submitted(RiskBand.Low), Submitted(RiskBand.Low));
        foreach (var deployment in new[] { moved, narrowed }) Approve(deployment, Ana, [ApproverQuality.Peer]).Error.ShouldBeNull();
        var slot = new Slot(Now.AddDays(5), Now.AddDays(5).AddHours(1));

        Edit(moved, Plan, slot);
        moved.Status.ShouldBe(DeploymentStatus.InReview);
        moved.TakeNewEvents().Select(happened => happened.Kind).TakeLast(3).ShouldBe(["Edit", "Reschedule", "ChangeRisk"]);

        Edit(narrowed, Plan with { Targets = [Plan.Targets[0]] }, null);
        narrowed.Status.ShouldBe(DeploymentStatus.InReview);
        narrowed.Approvals.Count(approval => approval.Status is ApprovalStatus.Pending).ShouldBe(2);

        static void Edit(Deployment deployment, Plan plan, Slot? slot) => deployment
            .Edit("web", "", deployment.ModelVersionId, plan, slot, ApprovalPolicy.For(plan, new EnvironmentPolicy(), RiskBand.Medium), Mia, Now, Risk(RiskBand.Medium)).Error.ShouldBeNull();
    }

    [Fact]
    public void What_is_in_review_becomes_no_emergency_without_an_incident()
    {
        var deployment = Submitted(RiskBand.Low);
        deployment.Edit("web", "", deployment.ModelVersionId, Plan with { Category = ChangeCategory.Emergency }, null, [], Mia, Now).Error.ShouldBe(ApprovalErrors.ReferenceNeeded);
        deployment.PlanDigest.ShouldBe(Plan.Digest);
    }

    [Fact]
    public void Only_whose_yes_would_count_says_no()
    {
        var deployment = Submitted(RiskBand.Medium);
        deployment.Reject(deployment.PlanDigest, [Role.DeploymentPractitioner], [], "No.", Paul, Now).Error!.Code.ShouldBe("approval.not-qualified");
        deployment.Reject(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], "No.", Ana, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Draft);
    }

    private static Deployment Submitted(RiskBand band)
    {
        var deployment = Create(Plan);
        deployment.Submit(ApprovalPolicy.For(Plan, new EnvironmentPolicy(), band), Mia, Now, Risk(band)).Error.ShouldBeNull();
        return deployment;
    }

    private static Deployment Create(Plan plan) =>
        Deployment.Create("DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web 1.1.0", "", plan, null, Mia, Now);

    private static Risk Risk(RiskBand band) => new()
    {
        Factors = [.. Enum.GetValues<RiskFactorKind>().Select((kind, place) => new RiskFactor(kind, band switch { RiskBand.Low => 0, RiskBand.Medium => place > 2 ? 2 : 0, _ => 2 }, "So."))],
        PlanDigest = Plan.Digest,
        AssessedAt = Now,
    };

    private static Result Approve(Deployment deployment, Actor by, ApproverQuality[] qualities) => deployment.Approve(deployment.PlanDigest, [Role.Approver], qualities, null, by, Now);

    private static Result Change(Deployment deployment, RiskBand to, Actor by, bool isApprover = false) =>
        deployment.ChangeRisk(to, band => ApprovalPolicy.For(deployment.Plan, new EnvironmentPolicy(), band), isApprover, "I think so.", by, Now);

    private static string InWords(IEnumerable<NeededApproval> needed) => string.Join(", ", needed.Select(slot => slot.ByApprover ? $"{slot.Quality} by an approver" : $"{slot.Quality}"));
}
