using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>While its timer runs an emergency calls its approvers one after the other (domain J5, step 3).</summary>
public sealed class CallingApproversInOrder
{
    private static readonly DateTimeOffset Asked = new(2026, 11, 24, 21, 36, 0, TimeSpan.Zero);
    private static readonly Actor Dora = new("dora", "Dora"), Ana = new("ana", "Ana"), Otto = new("otto", "Otto"), Olga = new("olga", "Olga"), Nils = new("nils", "Nils");

    [Fact]
    public void The_first_is_called_at_once_and_the_others_every_five_minutes_but_never_who_planned_it()
    {
        var deployment = Waiting(Dora, Ana, Otto, Olga, Nils);
        Called(deployment).ShouldBe(["Ana"]);
        deployment.ApprovalsDueAt.ShouldBe(Asked.AddMinutes(5));

        deployment.PassTime(Asked.AddMinutes(5).AddTicks(-1));
        Called(deployment).ShouldBe(["Ana"]);
        deployment.PassTime(Asked.AddMinutes(5));
        deployment.PassTime(Asked.AddMinutes(6));
        Called(deployment).ShouldBe(["Ana", "Otto"]);
        deployment.PassTime(Asked.AddMinutes(15));
        Called(deployment).ShouldBe(["Ana", "Otto", "Olga"], "three are as many as the timer has room for");
        deployment.TakeNewEvents().Select(happened => happened.Kind).ShouldBe(["Create", "Submit", "CallApprover", "CallApprover", "CallApprover", "EscalateApproval"]);
        deployment.ApprovalsDueAt.ShouldBeNull();
    }

    [Fact]
    public void Nobody_is_called_once_it_is_decided()
    {
        var deployment = Waiting(Ana, Otto);
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.EmergencyApprover], null, Otto, Asked.AddMinutes(2)).Error.ShouldBeNull();

        deployment.PassTime(Asked.AddMinutes(9));
        Called(deployment).ShouldBe(["Ana"]);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void Calling_again_changes_nothing_and_where_nobody_is_there_nobody_is_called()
    {
        var deployment = Waiting(Ana, Otto);
        deployment.CallInOrder([Olga], Asked.AddMinutes(1));
        Called(deployment).ShouldBe(["Ana"]);

        Called(Waiting()).ShouldBeEmpty();
    }

    [Fact]
    public void Only_an_emergency_calls()
    {
        var deployment = Submitted(Given.Plan with { Category = ChangeCategory.Normal });
        deployment.CallInOrder([Ana], Asked);
        Called(deployment).ShouldBeEmpty();
    }

    private static IEnumerable<string> Called(Deployment deployment) => deployment.Approvals.SelectMany(approval => approval.Calls).Select(call => call.Person.Name);

    private static Deployment Waiting(params Actor[] order)
    {
        var deployment = Submitted(Given.Plan with { Category = ChangeCategory.Emergency, Reason = ReasonCode.FixIncident, Incident = "INC-77" });
        deployment.CallInOrder(order, Asked);
        return deployment;
    }

    private static Deployment Submitted(Plan plan)
    {
        var deployment = Deployment.Create("DEP-2026-000150", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Fix", "", plan, null, Dora, Asked);
        deployment.Submit(ApprovalPolicy.For(plan, new EnvironmentPolicy()), Dora, Asked, Risk.Of(new RiskFacts { ModelUsedAt = Asked, RollbackProvenAt = Asked }, plan.Digest, Asked)).Error.ShouldBeNull();
        return deployment;
    }
}
