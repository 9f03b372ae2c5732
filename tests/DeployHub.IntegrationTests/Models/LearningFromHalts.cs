using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Insights;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Improving;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>What a halt taught becomes a proposal in one click, and the figures of the practice count what was meant.</summary>
public sealed class LearningFromHalts(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Whoever_said_that_the_model_should_change_lets_anybody_propose_it_with_the_halt_as_evidence()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install it", "true"), targets: 1);
        var run = await HaltedAsync(estate, "1.0.0", shouldModelChange: true);
        var page = $"/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}";

        using var paul = await hub.BrowserFor(Role.DeploymentPractitioner);
        (await paul.Read(page)).ShouldContain("Propose to change the model");
        using var proposed = await paul.Submit(page, "Propose", ("halt", "1"));
        proposed.StatusCode.ShouldBe(HttpStatusCode.Redirect, await proposed.Content.ReadAsStringAsync());
        var number = proposed.Headers.Location!.ToString().Split('/')[^1];
        var improvement = (await hub.AsSystem.Send(new ShowImprovement(number))).Done();
        (improvement.Improvement.Title, improvement.Hypothesis, improvement.Evidence.Single()).ShouldBe(("“Install it” halted: step failed", "The script leaves a lock.", EvidenceLink.Of(run, 1)));
        (await paul.Read($"/improvements/{number}")).ShouldContain($"{page}#halts-title");

        using var program = await hub.ClientFor(Role.ReleaseManager);
        (await program.PostAsync($"/api/v1{page}/halts/1/improvement", null).Problem(HttpStatusCode.Conflict, "improvement.proposed-already")).ToString().ShouldContain(number);
        await program.PostAsync($"/api/v1{page}/halts/9/improvement", null).Problem(HttpStatusCode.NotFound, "halt.not-found");
        (await hub.As(Role.Auditor).Send(new ProposeFromHalt(run, 1))).Refused("access.not-permitted");
    }

    [Fact]
    public async Task A_halt_that_asks_for_nothing_is_no_proposal()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install it", "true"), targets: 1);
        var run = await HaltedAsync(estate, "1.0.0", shouldModelChange: false);

        (await hub.As(Role.DeploymentPractitioner).Send(new ProposeFromHalt(run, 1))).Refused("improvement.not-asked-for");
    }

    [Fact]
    public async Task A_drill_on_a_live_environment_is_no_use_of_a_model()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install it", "true"), targets: 1, isLive: true);
        await CompletedAsync(estate, "1.0.0", ReasonCode.Drill);
        (await hub.AsSystem.Send(new ShowPractice(Limit: 200))).Services.Single(service => service.Key == estate.Name).Uses.ShouldBeEmpty();

        await CompletedAsync(estate, "1.1.0", default);
        (await hub.AsSystem.Send(new ShowPractice(Limit: 200))).Services.Single(service => service.Key == estate.Name).Uses.ShouldBe(new Dictionary<string, int> { [estate.Name] = 1 });
        (await hub.AsSystem.Send(new ShowCapability())).Evidence.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Saving_and_testing_freezes_what_was_saved()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install it", "true"), targets: 1);
        (await hub.As(Role.DeploymentManager).Send(new DraftModelVersion(estate.Name, new ModelIntent("Less waiting")))).Done();
        var shown = (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done();
        using var dora = await hub.BrowserFor(Role.DeploymentManager);
        var page = $"/models/{estate.Name}/versions/2/edit";
        var text = shown.Yaml.Replace("Shows what a test is about.", "Shows more.", StringComparison.Ordinal);

        using var behind = await dora.Submit(page, "Test", ("Document", text), ("Seen", "1"));
        (await behind.Content.ReadAsStringAsync()).ShouldContain("Shows more.");
        (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done().Status.ShouldBe(ModelVersionStatus.Draft);

        using var tested = await dora.Submit(page, "Test", ("Document", text), ("Seen", $"{shown.RowVersion}"));
        tested.StatusCode.ShouldBe(HttpStatusCode.Redirect, await tested.Content.ReadAsStringAsync());
        var frozen = (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done();
        (frozen.Status, frozen.Yaml.Contains("Shows more.", StringComparison.Ordinal)).ShouldBe((ModelVersionStatus.InTest, true));
    }

    /// <summary>Its only halt is resolved.</summary>
    private async Task<string> HaltedAsync(Estate estate, string label, bool shouldModelChange)
    {
        var run = await estate.StartAsync(label);
        await hub.WorkOnAsync(run, (_, step) => step.Name == "Install it" ? new StepOutcome.Failed("It is locked.") : StepOutcome.Succeeded.Plain);
        (await hub.As(Role.DeploymentPractitioner).Send(new ResolveHalt(run, ResolutionChoice.Retry, CauseClass.Model, "The script leaves a lock.", ShouldModelChange: shouldModelChange))).Done();
        await hub.WorkOnAsync(run);
        return run;
    }

    private async Task CompletedAsync(Estate estate, string label, ReasonCode reason)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan(label) with { Reason = reason }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await estate.ApproveAsync(number);
        await hub.WorkOnAsync((await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done());
    }
}
