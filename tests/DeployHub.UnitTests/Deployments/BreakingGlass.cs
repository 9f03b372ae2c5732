using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Emergencies, with approval or without, and what is owed afterwards (domain §2.6, J5).</summary>
public sealed class BreakingGlass
{
    /// <summary>A Monday evening.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 21, 35, 0, TimeSpan.Zero);

    private const string Number = "DEP-2026-000150";
    private static readonly Actor Paul = new("paul", "Paul"), Dora = new("dora", "Dora"), Ana = new("ana", "Ana"), Otto = new("otto", "Otto");
    private static readonly Plan Emergency = Given.Plan with { Category = ChangeCategory.Emergency, Reason = ReasonCode.FixIncident, Incident = "INC-77" };
    private static readonly ApproverQuality[] OnCall = [ApproverQuality.EmergencyApprover];

    [Fact]
    public void An_emergency_names_its_incident()
    {
        Create(Emergency with { Incident = null }).Submit([], Paul, Now).Error!.Code.ShouldBe("emergency.needs-reference");
        (Emergency with { Incident = null }).Digest.ShouldNotBe(Emergency.Digest);
        (Emergency with { Incident = null, Category = ChangeCategory.Normal, Reason = ReasonCode.NewVersion }).Digest.ShouldBe(Given.Plan.Digest); // as before there were incidents
    }

    [Fact]
    public void An_emergency_approver_lets_it_start_at_once()
    {
        var deployment = Submitted(Emergency);
        deployment.EmergencyTimerEndsAt.ShouldBe(Now.AddMinutes(15));
        deployment.Approve(deployment.PlanDigest, [Role.Approver], OnCall, null, Ana, Now.AddMinutes(6)).Error.ShouldBeNull();

        (deployment.Status, deployment.EmergencyTimerEndsAt, deployment.BrokenGlass).ShouldBe((DeploymentStatus.Scheduled, null, null));
    }

    [Fact]
    public void The_timer_is_told_once_and_then_the_glass_may_be_broken()
    {
        var deployment = Submitted(Emergency);
        Break(deployment, Now.AddMinutes(14)).Error!.Code.ShouldBe("emergency.timer-runs");

        deployment.TakeNewEvents();
        deployment.PassTime(Now.AddMinutes(15));
        deployment.TakeNewEvents().ShouldHaveSingleItem().Kind.ShouldBe("EscalateApproval");
        deployment.ApprovalsDueAt.ShouldBeNull();

        Break(deployment, Now.AddMinutes(16)).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.Approvals.Single().Status.ShouldBe(ApprovalStatus.Deferred);
        deployment.Approvals.Single().DueAt.ShouldBe(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero)); // the end of Wednesday
        deployment.TakeNewEvents()[^1].Kind.ShouldBe("BreakGlass");
        deployment.StartRun([], Paul, Now).Error.ShouldBeNull();
    }

    [Fact]
    public void Severity_one_waits_for_no_timer() => Break(Submitted(Emergency with { IncidentSeverity = 1 }), Now).Error.ShouldBeNull();

    [Fact]
    public void Only_who_is_named_breaks_it_with_the_number_typed_and_the_plan_seen()
    {
        var deployment = Submitted(Emergency with { IncidentSeverity = 1 });
        Break(deployment, Now, isNamed: false).Error.ShouldBe(ApprovalErrors.NotNamed);
        Break(deployment, Now, confirmation: "DEP").Error!.Code.ShouldBe("emergency.not-confirmed");
        deployment.BreakTheGlass(Given.Plan.Digest, true, Number, "Down", Paul, Now, WorkingDays.WithoutHolidays).Error.ShouldBe(DeploymentErrors.DigestChanged);
        deployment.BreakTheGlass(deployment.PlanDigest, true, Number, "Down", new Actor("ci", "CI", ActorKind.Machine), Now, WorkingDays.WithoutHolidays).Error!.Code.ShouldBe("SOD-6");

        var normal = Submitted(Given.Plan);
        normal.BreakTheGlass(normal.PlanDigest, true, Number, "Down", Paul, Now, WorkingDays.WithoutHolidays).Error.ShouldBe(ApprovalErrors.NoEmergency);
    }

    [Fact]
    public void What_was_deferred_is_approved_by_who_neither_planned_nor_broke_nor_started()
    {
        var deployment = Broken();
        Late(deployment, Dora).Error!.Code.ShouldBe("SOD-1");
        Late(deployment, Paul).Error!.Code.ShouldBe("SOD-4");
        Late(deployment, Otto, operators: [Otto]).Error!.Code.ShouldBe("SOD-4");
        deployment.ApproveLate(deployment.PlanDigest, true, [Role.Approver], [ApproverQuality.Peer], "Right.", [], Ana, Now).Error!.Code.ShouldBe("approval.not-qualified");

        Late(deployment, Ana).Error.ShouldBeNull();
        (deployment.Approvals.Single().Status, deployment.Approvals.Single().IsLate).ShouldBe((ApprovalStatus.Approved, true));
        Late(deployment, Ana).Error.ShouldBe(ApprovalErrors.NothingDeferred);
    }

    [Fact]
    public void What_was_approved_afterwards_never_runs_out_and_opens_nothing_again()
    {
        var deployment = Broken();
        Late(deployment, Ana).Error.ShouldBeNull();
        deployment.ApprovalsDueAt.ShouldBeNull();

        deployment.PassTime(Now.AddDays(30));
        (deployment.Status, deployment.Approvals.Single().Status).ShouldBe((DeploymentStatus.Scheduled, ApprovalStatus.Approved));
    }

    [Fact]
    public void Whoever_does_not_agree_says_so_and_stops_nothing()
    {
        var deployment = Broken();
        Late(deployment, Ana, agrees: false).Error.ShouldBeNull();

        (deployment.Status, deployment.Approvals.Single().Status).ShouldBe((DeploymentStatus.Scheduled, ApprovalStatus.Rejected));
        deployment.TakeNewEvents()[^1].Text.ShouldContain("does not agree");
    }

    [Fact]
    public void Neither_a_worry_nor_second_thoughts_close_a_broken_glass()
    {
        var deployment = Broken();
        deployment.ChangeRisk(RiskBand.High, _ => [ApproverQuality.EmergencyApprover, ApproverQuality.Peer], false, "It is worse.", Otto, Now).Error.ShouldBeNull();
        (deployment.Status, deployment.Approvals.Single().Status).ShouldBe((DeploymentStatus.Scheduled, ApprovalStatus.Deferred));

        Late(deployment, Ana).Error.ShouldBeNull();
        deployment.WithdrawApproval("I was asleep.", Ana, Now.AddDays(1)).Error.ShouldBe(DeploymentErrors.NothingToWithdraw);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void No_author_approves_alone_afterwards_either()
    {
        var deployment = Broken();
        deployment.ApproveLate(deployment.PlanDigest, true, [Role.Approver], OnCall, "Mine.", [], Ana, Now, isAuthor: true).Error!.Code.ShouldBe("SOD-2");
        deployment.ApproveLate(deployment.PlanDigest, false, [Role.Approver], OnCall, "I was wrong.", [], Ana, Now, isAuthor: true).Error.ShouldBeNull();
    }

    [Fact]
    public void What_is_overdue_is_told_once()
    {
        var deployment = Broken();
        deployment.TakeNewEvents();
        var due = deployment.ApprovalsDueAt!.Value;

        deployment.PassTime(due);
        deployment.PassTime(due.AddDays(1));
        var told = deployment.TakeNewEvents().ShouldHaveSingleItem();
        (told.Kind, told.Text.Contains("overdue", StringComparison.Ordinal)).ShouldBe(("MissRetrospective", true));
    }

    [Fact]
    public void Another_plan_has_its_own_glass()
    {
        var deployment = Broken();
        var edited = Emergency with { IncidentSeverity = 1, Incident = "INC-78" };
        deployment.Edit("Fix", "", deployment.ModelVersionId, edited, null, [ApproverQuality.EmergencyApprover], Dora, Now).Error.ShouldBeNull();

        (deployment.Status, deployment.BrokenGlass).ShouldBe((DeploymentStatus.InReview, null));
        Late(deployment, Ana).Error.ShouldBe(ApprovalErrors.NothingDeferred);
    }

    private static Deployment Create(Plan plan) => Deployment.Create(Number, ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Fix", "", plan, null, Dora, Now);

    private static Deployment Submitted(Plan plan)
    {
        var deployment = Create(plan);
        var risk = Risk.Of(new RiskFacts { ModelUsedAt = Now, RollbackProvenAt = Now }, plan.Digest, Now);
        deployment.Submit(ApprovalPolicy.For(plan, new EnvironmentPolicy()), Dora, Now, risk).Error.ShouldBeNull();
        return deployment;
    }

    private static Deployment Broken()
    {
        var deployment = Submitted(Emergency with { IncidentSeverity = 1 });
        Break(deployment, Now).Error.ShouldBeNull();
        return deployment;
    }

    private static Result Break(Deployment deployment, DateTimeOffset at, bool isNamed = true, string confirmation = Number) =>
        deployment.BreakTheGlass(deployment.PlanDigest, isNamed, confirmation, "Payments are down.", Paul, at, WorkingDays.WithoutHolidays);

    private static Result Late(Deployment deployment, Actor by, bool agrees = true, Actor[]? operators = null) =>
        deployment.ApproveLate(deployment.PlanDigest, agrees, [Role.Approver], OnCall, "It had to be.", operators ?? [], by, Now.AddDays(1));
}
