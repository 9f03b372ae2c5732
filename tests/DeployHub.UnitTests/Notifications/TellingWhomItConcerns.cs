using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
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

    [Theory]
    [InlineData("run.rolled_back", "Everywhere, Shop, Stock")]
    [InlineData("deployment.completed", "")]
    public void A_plan_of_several_services_concerns_whoever_has_a_role_for_one_of_them(string type, string told)
    {
        Accounts.Account[] managers =
        [
            Of("Shop", new RoleGrant(Role.ReleaseManager, Service: "shop")), Of("Stock", new RoleGrant(Role.ReleaseManager, Service: "stock")),
            Of("Elsewhere", new RoleGrant(Role.ReleaseManager, Service: "mail")), Of("Everywhere", new RoleGrant(Role.ReleaseManager)),
        ];

        Told(type, Plan(), ["shop", "stock"], managers).ShouldBe(told);
    }

    [Fact]
    public void An_approval_for_several_services_is_asked_of_whoever_may_give_it_for_all_of_them()
    {
        var deployment = Plan();
        deployment.Submit([new NeededApproval(ApproverQuality.Peer)], ActorOf(Planner), Now).Error.ShouldBeNull();
        var both = Of("Both", Grant("shop"), Grant("stock"));

        Told("deployment.submitted", deployment, ["shop", "stock"], Of("Shop", Grant("shop")), Of("Stock", Grant("stock")), both, Peer).ShouldBe("Both, Peer");

        static RoleGrant Grant(string service) => new(Role.Approver, ApproverQuality.Peer, Service: service);
    }

    [Fact]
    public void What_a_run_waits_for_is_told_to_whoever_may_do_it_where_nobody_else_who_hears_of_it_may()
    {
        var (here, half) = (Of("Here", new RoleGrant(Role.DeploymentPractitioner)), Of("Half", new RoleGrant(Role.DeploymentPractitioner, Service: "shop")));

        Told("run.waiting", Plan(), ["shop", "stock"], Permission.PerformManualSteps, [], Planner, here, half).ShouldBe("Here, Planner");
        Told("run.waiting", Plan(), ["shop", "stock"], Permission.PerformManualSteps, [Operator.Key], Planner, Operator, here, half).ShouldBe("Operator, Planner");
        Told("run.waiting", Plan(), ["shop", "stock"], Permission.PromotePhases, [], Planner, here, half).ShouldBe("Planner", "a release manager promotes");
    }

    private static Deployment Plan() => Deployment.Create(Number, ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web", "", Given.Plan, null, ActorOf(Planner), Now);

    private static string Told(string type, Deployment deployment, string[] services, params Accounts.Account[] all) => Told(type, deployment, services, null, [], all);

    private static string Told(string type, Deployment deployment, string[] services, Permission? unblocks, string[] named, params Accounts.Account[] all)
    {
        var happening = Happening.Of(type, Number, "It happened.", "/", Actor.System, Now, named, deployment: deployment.Id);
        var around = new Surroundings(deployment, services, deployment.Plan.Environment, IsLive: true, Unblocks: unblocks);
        return string.Join(", ", Concerned.By(happening, EventTypes.Find(type)!, around, new Accounts(all.ToDictionary(account => account.Key))).Select(account => account.Name).Order(StringComparer.Ordinal));
    }

    private static string Told(string type, Deployment deployment)
    {
        var happening = Happening.Of(type, Number, "It happened.", "/", Actor.System, Now, deployment: deployment.Id);
        var around = new Surroundings(deployment, ["shop"], "production", IsLive: true, ClashOwners: [Clashing.Key]);
        Accounts.Account[] all = [Planner, Operator, OnCall, Peer, Clashing, Administrator];
        return string.Join(", ", Concerned.By(happening, EventTypes.Find(type)!, around, new Accounts(all.ToDictionary(account => account.Key))).Select(account => account.Name).Order(StringComparer.Ordinal));
    }

    private static Accounts.Account Of(string name, params RoleGrant[] grants) => new(Guid.CreateVersion7(), name, grants);

    private static Actor ActorOf(Accounts.Account account) => new(account.Key, account.Name);
}
