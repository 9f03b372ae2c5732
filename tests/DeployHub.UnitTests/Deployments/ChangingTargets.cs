using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Templates;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Targets that came and went since the plan was made (domain §2.2.3), and templates made of plans.</summary>
public sealed class ChangingTargets
{
    private static readonly Plan Every = Given.Plan with { TakesEveryTarget = true };

    [Fact]
    public void A_plan_for_every_target_tells_what_came_and_what_went()
    {
        var changes = TargetChanges.Of(Every, ["web-1", "web-3"]);

        changes.Added.ShouldBe(["web-3"]);
        changes.Retired.ShouldBe(["web-2"]);
    }

    [Fact]
    public void A_plan_that_chose_its_targets_does_not_miss_others() => TargetChanges.Of(Given.Plan, ["web-1", "web-2", "web-3"]).Any.ShouldBeFalse();

    [Fact]
    public void A_rehearsal_is_about_a_model_and_misses_none() => TargetChanges.Of(Every with { Rehearsal = new(Domain.Models.RehearsalCase.Pass) }, ["web-1", "web-2", "web-3"]).Added.ShouldBeEmpty();

    [Fact]
    public void The_same_versions_to_the_same_targets_are_the_same_work()
    {
        Given.Plan.TakesSameTo(Every, ["web-2"]).ShouldBeTrue();
        Given.Plan.TakesSameTo(Every, ["web-2", "web-3"]).ShouldBeFalse();
        Given.Plan.TakesSameTo(Every with { Versions = [Every.Versions[0] with { VersionId = Domain.Inventory.ComponentVersionId.New() }] }, ["web-2"]).ShouldBeFalse();
    }

    [Fact]
    public void What_is_left_out_is_told_as_the_run_starts()
    {
        var deployment = Deployment.Create("DEP-2026-000001", default, default, default, "", "", Every, null, Given.Paul, Given.Now);
        deployment.TakeNewEvents();
        deployment.LeaveOut([], Given.Paul, Given.Now);
        deployment.TakeNewEvents().ShouldBeEmpty();

        deployment.LeaveOut(["web-3"], Given.Paul, Given.Now);
        deployment.TakeNewEvents().ShouldHaveSingleItem().Text.ShouldContain("web-3 came into service");
    }

    [Fact]
    public void A_template_of_a_plan_for_every_target_takes_those_there_are_then()
    {
        PlanOutline.Of(Every).Targets.ShouldBeEmpty();
        PlanOutline.Of(Given.Plan).Targets.ShouldBe(["web-1", "web-2"]);
        PlanOutline.Of(Every).Components.ShouldBe(["web"]);
    }

    [Fact]
    public void A_template_is_ended_once_and_none_is_made_of_a_rehearsal()
    {
        var deployment = Deployment.Create("DEP-2026-000001", default, default, default, "", "", Every, null, Given.Paul, Given.Now);
        var template = PlanTemplate.Make("weekly", "Weekly", deployment, Given.Paul, Given.Now).Value;

        template.End(Given.Dora, Given.Now).Error.ShouldBeNull();
        template.End(Given.Dora, Given.Now).Error!.Code.ShouldBe("plan-template.ended");
        var rehearsal = Deployment.Create("DEP-2026-000002", default, default, default, "", "", Every with { Rehearsal = new(Domain.Models.RehearsalCase.Pass) }, null, Given.Paul, Given.Now);
        PlanTemplate.Make("rehearsal", "Rehearsal", rehearsal, Given.Paul, Given.Now).Error.ShouldBe(PlanTemplateErrors.Rehearsal);
    }
}
