using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Notifications;

/// <summary>From an audience to the people that it stands for.</summary>
public sealed class TellingWhomItConcerns
{
    private const string Number = "DEP-2026-000150";

    /// <summary>A Monday evening.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 21, 35, 0, TimeSpan.Zero);
    private static readonly Accounts.Account Planner = Of("Planner", new RoleGrant(Role.ReleaseManager)), Operator = Of("Operator", new RoleGrant(Role.DeploymentPractitioner)),
        OnCall = Of("On call", new RoleGrant(Role.Approver, ApproverQuality.EmergencyApprover)), Peer = Of("Peer", new RoleGrant(Role.Approver, ApproverQuality.Peer)),
        Clashing = Of("Clashing", new RoleGrant(Role.ReleaseManager)), Administrator = Of("Administrator", new RoleGrant(Role.Administrator));

    [Theory]
    [InlineData("deployment.start_held", "Operator, Planner")]
    [InlineData("deployment.assigned", "Operator, Planner")]
    [InlineData("deployment.rescheduled", "Clashing, Operator, Planner")]
    [InlineData("run.waiting", "Operator, Planner")]
    [InlineData("webhook.disabled", "Administrator")]
    public void Whoever_carries_it_out_or_clashes_with_it_is_told_as_its_planners_are(string type, string told)
    {
        var deployment = Deployment.Create(Number, ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web", "", Given.Plan, null, ActorOf(Planner), Now);
        deployment.Assign([new Assignment(RoleSlot.Operator, ActorOf(Operator))], [new Colleague(ActorOf(Operator), "operator@test.example", [Role.DeploymentPractitioner], [])], null, ActorOf(Planner), Now)
            .Error.ShouldBeNull();

        Told(type, deployment).ShouldBe(told);
    }

    [Theory]
    [InlineData("retrospective.due"), InlineData("retrospective.overdue")]
    public void Whoever_could_give_an_approval_that_is_owed_is_asked_for_it(string type)
    {
        var plan = Given.Plan with { Category = ChangeCategory.Emergency, Reason = ReasonCode.FixIncident, Incident = "INC-77", IncidentSeverity = 1 };
        var deployment = Deployment.Create(Number, ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Fix", "", plan, null, ActorOf(Planner), Now);
        deployment.Submit(ApprovalPolicy.For(plan, new EnvironmentPolicy()), ActorOf(Planner), Now).Error.ShouldBeNull();
        deployment.BreakTheGlass(deployment.PlanDigest, isNamed: true, Number, "Payments are down.", ActorOf(Operator), Now, WorkingDays.WithoutHolidays).Error.ShouldBeNull();

        Told(type, deployment).ShouldBe("On call");
    }

    private static string Told(string type, Deployment deployment)
    {
        var happening = Happening.Of(type, Number, "It happened.", "/", Actor.System, Now, deployment: deployment.Id);
        var around = new Surroundings(deployment, "shop", "production", IsLive: true, ClashOwners: [Clashing.Key]);
        Accounts.Account[] all = [Planner, Operator, OnCall, Peer, Clashing, Administrator];
        return string.Join(", ", Concerned.By(happening, EventTypes.Find(type)!, around, new Accounts(all.ToDictionary(account => account.Key))).Select(account => account.Name).Order(StringComparer.Ordinal));
    }

    private static Accounts.Account Of(string name, params RoleGrant[] grants) => new(Guid.CreateVersion7(), name, grants);

    private static Actor ActorOf(Accounts.Account account) => new(account.Key, account.Name);
}
