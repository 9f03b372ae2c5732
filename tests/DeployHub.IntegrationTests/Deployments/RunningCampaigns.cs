using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Campaigns;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>Several deployments that are decided about once, carried out wave by wave, through the mediator, the API and the pages.</summary>
public sealed class RunningCampaigns(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private static readonly string Steps = Estate.Script("Install", "[ ! -e fail ] && echo done >> journal");

    [Fact]
    public async Task It_runs_wave_by_wave_with_one_go_and_completes_by_itself()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var (campaign, first, second) = await PlannedAsync(estate);
        (await StartAsync(first)).Refused("deployment.gates-closed").Message.ShouldContain("no go yet");

        await GoAsync(campaign);
        (await StartAsync(second)).Refused("deployment.gates-closed").Message.ShouldContain($"{first} comes before");
        await estate.ReachesAsync((await StartAsync(first)).Done(), RunStatus.Succeeded);
        await estate.ReachesAsync((await StartAsync(second)).Done(), RunStatus.Succeeded);

        var view = await ShowAsync(campaign);
        view.Status.ShouldBe(CampaignStatus.Completed);
        view.History[^1].Text.ShouldContain("2 of 2 succeeded");
        (await hub.AsSystem.Send(new ListCampaigns())).Rows.Single(row => row.Number == campaign).ShouldSatisfyAllConditions(row => row.Over.ShouldBe(2), row => row.Succeeded.ShouldBe(2));
    }

    [Fact]
    public async Task A_plan_edited_after_the_go_needs_it_again()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var (campaign, first, _) = await PlannedAsync(estate);
        await GoAsync(campaign);
        var seen = (await ShowAsync(campaign)).PlansDigest.ToString();
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(first, estate.Plan("1.0.0") with { Targets = ["t-1"], Reason = ReasonCode.Security, After = [] }, "First"))).Done();

        (await ShowAsync(campaign)).NeedsGo.ShouldBeTrue();
        (await StartAsync(first)).Refused("deployment.gates-closed").Message.ShouldContain("given again");
        (await hub.As(Role.Approver).Send(new DecideCampaign(campaign, GoNoGo.Go, seen))).Refused("campaign.plans-changed");
        await GoAsync(campaign);
        await estate.ReachesAsync((await StartAsync(first)).Done(), RunStatus.Succeeded);
    }

    [Fact]
    public async Task What_the_campaign_puts_before_a_deployment_stays_whatever_an_edit_says()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var (_, first, second) = await PlannedAsync(estate);

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(second, estate.Plan("1.1.0") with { Targets = ["t-2"], After = [] }, "Second"))).Done();
        (await hub.AsSystem.Send(new ShowDeployment(second))).Done().Plan.After.ShouldHaveSingleItem().Number.ShouldBe(first);
    }

    [Fact]
    public async Task What_comes_after_a_failure_can_still_be_edited_and_names_its_own_only()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var (campaign, first, second) = await PlannedAsync(estate);
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(first, "Not needed."))).Done();

        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        var page = await browser.Read($"/deployments/{second}/edit");
        page.ShouldContain($"because <a href=\"/campaigns/{campaign}\">");
        page.ShouldNotContain($"value=\"{first}\"");
        var edit = new EditDeployment(second, estate.Plan("1.1.0") with { Targets = ["t-2"], Reason = ReasonCode.Security, After = [] }, "Second");
        (await hub.As(Role.ReleaseManager).Send(edit)).Done();
        (await hub.As(Role.ReleaseManager).Send(edit with { Plan = edit.Plan with { After = [new PredecessorInput(first)] } })).Done();
        (await hub.As(Role.ReleaseManager).Send(edit with { Plan = edit.Plan with { After = [new PredecessorInput(first, PredecessorEnd.AnyEnd)] } })).Refused("relation.of-campaign").Message.ShouldContain(campaign);
        (await hub.AsSystem.Send(new ShowDeployment(second))).Done().Plan.After.ShouldHaveSingleItem().Number.ShouldBe(first);
    }

    [Fact]
    public async Task It_completes_with_the_deployment_that_fixes_its_last_one_forward()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "grep -q 1.1.0 package && cp package installed"));
        var first = await SubmittedAsync(estate.Plan("1.1.0") with { Targets = ["t-1"] });
        var second = await SubmittedAsync(estate.Plan("1.0.0") with { Targets = ["t-2"] });
        var campaign = (await hub.As(Role.ReleaseManager).Send(new PlanCampaign("Autumn", [[first], [second]]))).Done();
        await GoAsync(campaign);
        await estate.ReachesAsync((await StartAsync(first)).Done(), RunStatus.Succeeded);
        var run = (await StartAsync(second)).Done();
        await estate.ReachesAsync(run, RunStatus.Halted);

        var successor = await SubmittedAsync(estate.Plan("1.1.0") with { Targets = ["t-2"] });
        (await hub.As(Role.DeploymentManager).Send(new ResolveHalt(run, ResolutionChoice.RollForward, CauseClass.Component, "The new version is right.") { SupersededBy = successor })).Done();
        await estate.ReachesAsync((await StartAsync(successor)).Done(), RunStatus.Succeeded);
        (await ShowAsync(campaign)).Status.ShouldBe(CampaignStatus.Completed);
    }

    [Fact]
    public async Task Who_edits_a_plan_that_became_a_part_of_a_campaign_meanwhile_looks_again()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var first = await SubmittedAsync(estate.Plan("1.0.0") with { Targets = ["t-1"] });
        var second = await SubmittedAsync(estate.Plan("1.1.0") with { Targets = ["t-2"] });
        var seen = (await hub.AsSystem.Send(new ShowDeployment(first))).Done().Version;
        (await hub.As(Role.ReleaseManager).Send(new PlanCampaign("Autumn", [[first], [second]]))).Done();

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(first, estate.Plan("1.0.0"), "First", Seen: seen))).Refused("changed-meanwhile");
    }

    [Fact]
    public async Task A_pause_keeps_back_what_has_not_started_and_a_no_go_needs_a_reason()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var (campaign, first, _) = await PlannedAsync(estate);
        await GoAsync(campaign);
        (await hub.As(Role.ReleaseManager).Send(new PauseCampaign(campaign, "The line is slow."))).Done();
        (await StartAsync(first)).Refused("deployment.gates-closed").Message.ShouldContain("paused");
        (await hub.As(Role.ReleaseManager).Send(new ResumeCampaign(campaign, "It is fast again."))).Done();

        var seen = (await ShowAsync(campaign)).PlansDigest.ToString();
        (await hub.As(Role.Approver).Send(new DecideCampaign(campaign, GoNoGo.NoGo, seen))).Refused("invalid").Fields.Keys.ShouldContain("Reason");
        (await hub.As(Role.Approver).Send(new DecideCampaign(campaign, GoNoGo.NoGo, seen, "Too late."))).Done();
        (await hub.As(Role.ReleaseManager).Send(new CancelCampaign(campaign, "Next month."))).Done();
        (await hub.AsSystem.Send(new ShowDeployment(first))).Done().Gates.ShouldNotContain(gate => gate.Kind == GateKind.Campaign);
    }

    [Fact]
    public async Task Program_and_person_are_refused_alike()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var (campaign, first, second) = await PlannedAsync(estate);
        using var planner = await hub.ClientFor(Role.ReleaseManager);
        await planner.PostAsJsonAsync("/api/v1/campaigns", new { title = "Again", waves = new[] { new[] { first }, [second] } }).Problem(HttpStatusCode.BadRequest, "campaign.deployment-elsewhere");

        using var program = await hub.ProgramFor();
        await program.PostAsJsonAsync($"/api/v1/campaigns/{campaign}/decisions", new { verdict = "Go", plansDigest = (await ShowAsync(campaign)).PlansDigest.ToString() }).Problem(HttpStatusCode.Forbidden, "access.not-permitted");
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        var answer = await browser.Submit("/campaigns/new", null, ("Input.Title", "Again"), ("Input.Waves", $"{first}\n{second}"));
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("belongs to a campaign already");
        page.ShouldContain(second);
        (await browser.Read($"/campaigns/{campaign}")).ShouldContain("Go or no-go");
        (await browser.Read("/campaigns")).ShouldContain(campaign);
    }

    private async Task<(string Campaign, string First, string Second)> PlannedAsync(Estate estate)
    {
        var first = await SubmittedAsync(estate.Plan("1.0.0") with { Targets = ["t-1"] });
        var second = await SubmittedAsync(estate.Plan("1.1.0") with { Targets = ["t-2"] });
        return ((await hub.As(Role.ReleaseManager).Send(new PlanCampaign("Autumn", [[first], [second]], "Everything new", StopAfter: 1))).Done(), first, second);
    }

    private async Task<string> SubmittedAsync(PlanInput plan)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(plan))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    private async Task GoAsync(string campaign) => (await hub.As(Role.Approver).Send(new DecideCampaign(campaign, GoNoGo.Go, (await ShowAsync(campaign)).PlansDigest.ToString()))).Done();

    private async Task<Domain.Result<string>> StartAsync(string number) => await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number));

    private async Task<ShowCampaign.View> ShowAsync(string campaign) => (await hub.AsSystem.Send(new ShowCampaign(campaign))).Done();
}
