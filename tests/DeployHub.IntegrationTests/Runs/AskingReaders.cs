using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>Readers find what they are asked on their first page, confirm it on a page or through the API, and nobody else can.</summary>
public sealed class AskingReaders(WorkingHub hub) : IClassFixture<WorkingHub>
{
    [Fact]
    public async Task Readers_confirm_and_the_run_goes_on()
    {
        var (ana, bo) = (await hub.NewPerson("Ana", new RoleGrant(Role.Stakeholder)), await hub.NewPerson("Bo", new RoleGrant(Role.Stakeholder)));
        using var estate = await Estate.RegisterAsync(
            hub, $"- {{ name: Read it, uses: acknowledge, with: {{ statement: I know whom to call at night., readers: [\"{ana.Email}\", \"{bo.Email}\"], document: \"https://wiki.example/night\" }}, timeout: 14d }}", targets: 1);
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Waiting);
        (await estate.RunAsync(run)).WaitingFor.ShouldBe(WaitingReason.Acknowledgement);

        var address = $"/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}/acknowledgement?stage=Execute&subject=t-1&step=2";
        using var browser = await hub.BrowserFor(ana);
        (await browser.Read("/")).ShouldContain(WebUtility.HtmlEncode(address));
        var page = await browser.Read(address);
        page.ShouldContain("I know whom to call at night.");
        page.ShouldContain("https://wiki.example/night");
        page.ShouldContain($"I have read and understood {estate.Name} 1.0.0");
        (await browser.Submit(address, null)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.Read(address)).ShouldContain("You have confirmed this.");
        (await hub.As(ana).Send(new ShowMyWork())).NeedsYou.ShouldBeEmpty();
        (await estate.RunAsync(run)).WaitingSentence!.ShouldEndWith("waiting for Bo.");

        using var other = await hub.BrowserFor(Role.Stakeholder);
        (await other.Read(address)).ShouldContain("You are not among the readers");
        (await hub.As(Role.Stakeholder).Send(new AcknowledgeVersion(run, Stage.Execute, "t-1", 2))).Error!.Code.ShouldBe("run.no-reader-of-this");
        (await hub.As(Role.Auditor).Send(new AcknowledgeVersion(run, Stage.Execute, "t-1", 2))).Error!.Code.ShouldBe("access.not-permitted");

        using var api = await (await hub.BrowserFor(bo)).ForApiAsync();
        using var answer = await api.PostAsJsonAsync($"/api/v1/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}/acknowledgements", new { stage = "Execute", subject = "t-1", step = 2 });
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await hub.AsSystem.Send(new ShowAcknowledgement(run, Stage.Execute, "t-1", 2))).Value.Readers.ShouldAllBe(reader => reader.ConfirmedAt != null);
    }

    [Fact]
    public async Task Somebody_accepts_by_criteria_for_every_target_at_once_and_somebody_may_reject()
    {
        var (ana, bo) = (await hub.NewPerson("Ana", new RoleGrant(Role.Stakeholder)), await hub.NewPerson("Bo", new RoleGrant(Role.Stakeholder)));
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), change: (_, document) => Task.FromResult(document.Replace(
            "rollback:", $"    - {{ name: Try it, uses: accept, with: {{ statement: The shop works., criteria: [Prices are with tax], accepters: [\"{ana.Email}\", \"{bo.Email}\"], quota: \"1\" }}, timeout: 14d }}\nrollback:", StringComparison.Ordinal)));
        var run = await estate.StartAsync();
        await TestHub.Until(async () => (await estate.RunAsync(run)).WaitingSentence?.Contains("t-2", StringComparison.Ordinal) is true, "both targets are asked about", 60);

        var address = $"/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}/acknowledgement?stage=VerifyDeployment&subject=t-1&step=2";
        using var browser = await hub.BrowserFor(ana);
        (await browser.Read("/")).ShouldContain("Accept: The shop works.");
        (await browser.Read(address)).ShouldContain("Prices are with tax");
        (await hub.As(ana).Send(new AcceptVersion(run, Stage.VerifyDeployment, "t-1", 2, []))).Refused("run.criteria-open");
        (await hub.As(bo).Send(new RejectVersion(run, Stage.VerifyDeployment, "t-1", 2, "Prices are without tax"))).Done();
        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).OpenHalt!.Cause.ShouldBe(HaltCause.BusinessVerificationRejected);

        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await TestHub.Until(async () => (await estate.RunAsync(run)).WaitingSentence?.Contains("t-1", StringComparison.Ordinal) is true, "t-1 is asked about again", 60);
        (await hub.As(ana).Send(new AcceptVersion(run, Stage.VerifyDeployment, "t-1", 2, ["Prices are with tax"]))).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
    }
}
