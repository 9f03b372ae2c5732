using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Comparing;
using DeployHub.Features.Deployments.Forecasting;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Deployments.TargetLists;
using DeployHub.Features.Deployments.Templates;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>A deployment that starts after another one, what is live before it, and plans made of it.</summary>
public sealed class StartingAfterOthers(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private static readonly string Steps = Estate.Script("Install", "echo done >> journal");

    [Fact]
    public async Task It_starts_once_the_one_before_succeeded()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var first = await estate.PlanAsync();
        var second = await PlannedAsync(estate.Plan("1.1.0") with { After = [new PredecessorInput(first)] });

        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(second))).Refused("deployment.gates-closed").Message.ShouldContain($"{first} comes before");
        (await RelationsAsync(first)).Before.ShouldHaveSingleItem().Number.ShouldBe(second);
        (await RelationsAsync(second)).After.ShouldHaveSingleItem().Objection.ShouldNotBeNull();

        await RunAsync(estate, first);
        (await RelationsAsync(second)).After.ShouldHaveSingleItem().Objection.ShouldBeNull();
        await RunAsync(estate, second);
    }

    [Fact]
    public async Task Nobody_waits_for_themself()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var first = await estate.PlanAsync();
        var second = await PlannedAsync(estate.Plan("1.1.0") with { After = [new PredecessorInput(first)] });
        var edit = new EditDeployment(first, estate.Plan("1.0.0") with { After = [new PredecessorInput(second)] }, "First");

        (await hub.As(Role.ReleaseManager).Send(edit)).Refused("relation.circle").Fields.Keys.ShouldContain("Plan.After");
        (await hub.As(Role.ReleaseManager).Send(edit with { Plan = estate.Plan("1.0.0") with { After = [new PredecessorInput(first)] } })).Refused("relation.circle");
        (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { After = [new PredecessorInput("DEP-2026-999999")] }))).Refused("relation.unknown");
    }

    [Fact]
    public async Task Two_who_each_see_no_circle_do_not_make_one_together()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var (first, second) = (await estate.PlanAsync(), await estate.PlanAsync("1.1.0"));

        var results = await Task.WhenAll(
            hub.As(Role.ReleaseManager).Send(new EditDeployment(first, estate.Plan("1.0.0") with { After = [new PredecessorInput(second)] }, "First")),
            hub.As(Role.ReleaseManager).Send(new EditDeployment(second, estate.Plan("1.1.0") with { After = [new PredecessorInput(first)] }, "Second")));

        results.Count(result => result.Error is null).ShouldBe(1);
        results.Single(result => result.Error is not null).Refused("relation.circle");
    }

    [Fact]
    public async Task An_edit_that_does_not_say_leaves_it_as_it_was()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var first = await estate.PlanAsync();
        var second = await PlannedAsync(estate.Plan("1.1.0") with { After = [new PredecessorInput(first, PredecessorEnd.AnyEnd)] });

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(second, estate.Plan("1.1.0") with { Reason = ReasonCode.Security }, "Second"))).Done();
        (await RelationsAsync(second)).After.ShouldHaveSingleItem().Until.ShouldBe(PredecessorEnd.AnyEnd);
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(first, "Not needed."))).Done();
        await RunAsync(estate, second);
    }

    [Fact]
    public async Task What_is_live_is_compared_with_what_comes_and_foretold()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var first = await estate.PlanAsync("1.1.0");
        (await LiveAsync(first)).Components.ShouldHaveSingleItem().Verdict.ShouldBe(Domain.Deployments.Comparing.ComparisonVerdict.First);
        await RunAsync(estate, first);

        var back = await estate.PlanAsync();
        var live = await LiveAsync(back);
        live.Components.ShouldHaveSingleItem().Verdict.ShouldBe(Domain.Deployments.Comparing.ComparisonVerdict.StepBack);
        live.LastTime!.Number.ShouldBe(first);
        var forecast = (await hub.AsSystem.Send(new ShowForecast(back))).Done();
        forecast.Runs.ShouldBe(1);
        forecast.Rollback.ShouldBeNull();
        (await hub.AsSystem.Send(new ForecastPlan(estate.Plan("1.0.0")))).Done().Run.Most.ShouldBe(forecast.Run.Most);

        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        var page = await browser.Read($"/deployments/{back}");
        page.ShouldContain("a step back");
        page.ShouldContain(first);
    }

    [Fact]
    public async Task New_targets_are_told_and_planned_separately()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var number = await estate.PlanAsync();
        await estate.RegisterTargetAsync("t-9", new Domain.Inventory.LocalConnection(Directory.CreateDirectory(estate.PlaceOf("t-9")).FullName));
        (await hub.AsSystem.Send(new ShowTargetChanges(number))).Done().Added.ShouldBe(["t-9"]);

        await RunAsync(estate, number);
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Events.ShouldContain(happened => happened.Kind == "LeaveOut" && happened.Text.Contains("t-9"));
        var rest = (await hub.As(Role.ReleaseManager).Send(new PlanNewTargets(number))).Done();
        (await hub.AsSystem.Send(new ShowDeployment(rest))).Done().Plan.Targets.ShouldHaveSingleItem().Name.ShouldBe("t-9");
        (await hub.As(Role.ReleaseManager).Send(new PlanNewTargets(number))).Refused("deployment.new-targets-planned").Message.ShouldContain(rest);
        var elsewhere = await hub.NewPerson("Elsewhere", new RoleGrant(Role.ReleaseManager, Service: "another"));
        (await hub.As(elsewhere).Send(new PlanNewTargets(rest))).Refused("access.not-permitted");
    }

    [Fact]
    public async Task A_plan_begins_with_last_time_and_with_a_template()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var number = await estate.PlanAsync();
        (await hub.AsSystem.Send(new CopyLastPlan(estate.Name, estate.Name))).Refused("deployment.no-last-time");
        await RunAsync(estate, number);
        (await hub.As(Role.DeploymentManager).Send(new RetireTarget(estate.Name, "t-2"))).Done();

        var copy = (await hub.AsSystem.Send(new CopyLastPlan(estate.Name, estate.Name))).Done();
        copy.Plan.Versions.ShouldBe([$"{estate.Name}@1.0.0"]);
        copy.Changed.ShouldContain(sentence => sentence.Contains("t-2 is out of service"));
        copy.Changed.ShouldContain(sentence => sentence.Contains("1.1.0 is the newest"));

        var key = (await hub.As(Role.ReleaseManager).Send(new SavePlanTemplate($"{estate.Name}-weekly", "Weekly", number))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SavePlanTemplate(key, "Again", number))).Refused("plan-template.key-taken");
        (await hub.AsSystem.Send(new FillPlanTemplate(key))).Done().Plan.Versions.ShouldBe([$"{estate.Name}@1.1.0"]);
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (await browser.Read($"/deployments/new?template={key}")).ShouldContain("As in Weekly");
        (await hub.As(Role.ReleaseManager).Send(new EndPlanTemplate(key))).Done();
        (await hub.AsSystem.Send(new FillPlanTemplate(key))).Refused("plan-template.ended");
    }

    private async Task<string> PlannedAsync(PlanInput plan)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(plan))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    private async Task RunAsync(Estate estate, string number) => await estate.ReachesAsync((await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done(), RunStatus.Succeeded);

    private async Task<ShowRelations.View> RelationsAsync(string number) => (await hub.AsSystem.Send(new ShowRelations(number))).Done();

    private async Task<LiveAgainstComing> LiveAsync(string number) => (await hub.AsSystem.Send(new ShowLiveAgainstComing(number))).Done();
}
