using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Inbox;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
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
        (await hub.As(ana).Send(new ListInbox())).Items.ShouldBeEmpty();
        (await estate.RunAsync(run)).WaitingSentence!.ShouldStartWith("1 of 2 confirmed");

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
    public async Task Readers_show_what_they_understood_ask_may_be_away_and_later_read_only_what_changed()
    {
        var (ana, bo) = (await hub.NewPerson("Ana", new RoleGrant(Role.Stakeholder)), await hub.NewPerson("Bo", new RoleGrant(Role.Stakeholder)));
        using var estate = await Estate.RegisterAsync(
            hub, $"- {{ name: Read it, uses: acknowledge, with: {{ statement: I know whom to call at night., readers: [\"{ana.Email}\", \"{bo.Email}\"], quiz: [{{ text: Whom do you call?, choices: [The duty engineer, The owner], right: [The duty engineer] }}] }}, timeout: 14d }}", targets: 1);
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Waiting);
        using var page = await hub.BrowserFor(ana);
        using var api = await (await hub.BrowserFor(bo)).ForApiAsync();
        using var decides = await (await hub.BrowserFor(Role.DeploymentManager)).ForApiAsync();

        await AnswersTheQuizAsync(page, ana, estate.Name, run);
        await AsksAsync(api, decides, run);
        (await hub.As(ana).Send(new AcknowledgeVersion(run, Stage.Execute, "t-1", 2))).Done();
        await IsAwayAsync(decides, bo, run);
        await TestHub.Until(async () => (await estate.RunAsync(run)).WaitingFor is WaitingReason.Promotion, "the question holds the phase", 60);
        (await decides.PostAsJsonAsync($"{Api(run)}/questions/1/overrulings", new { reason = "Nights are another process" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await estate.ReachesAsync(run, RunStatus.Succeeded);

        (await api.PostAsJsonAsync($"{Api(run)}/quiz-tries", Try("The duty engineer"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hub.As(bo).Send(new AcknowledgeVersion(run, Stage.Execute, "t-1", 2))).Done();
        (await hub.As(bo).Send(new ShowAcknowledgement(run, Stage.Execute, "t-1", 2))).Value.Mine!.ConfirmedAt.ShouldNotBeNull();
        await ReadsTheDifferenceAsync(estate, ana, bo);
    }

    private async Task AnswersTheQuizAsync(TestBrowser page, TestPerson ana, string model, string run)
    {
        (await hub.As(ana).Send(new ShowModelVersion(model, 1))).Value.Yaml.ShouldContain("withheld");
        (await hub.As(Role.DeploymentManager).Send(new ShowModelVersion(model, 1))).Value.Yaml.ShouldNotContain("withheld");
        (await page.Client.GetStringAsync($"{Api(run)}/acknowledgements?stage=Execute&subject=t-1&step=2")).ShouldNotContain("right\":[");
        (await hub.As(ana).Send(new AcknowledgeVersion(run, Stage.Execute, "t-1", 2))).Refused("run.quiz-not-passed");

        (await (await page.Submit(Page(run), "Quiz", ("Quiz[0].Question", "1"))).Content.ReadAsStringAsync()).ShouldContain("Answer every question");
        var wrong = await (await page.Submit(Page(run), "Quiz", ("Quiz[0].Question", "1"), ("Quiz[0].Chosen", "The owner"))).Content.ReadAsStringAsync();
        wrong.ShouldContain("0 of 1 question right at try 1");
        wrong.ShouldContain("value=\"The owner\" checked");
        (await page.Submit(Page(run), "Quiz", ("Quiz[0].Question", "1"), ("Quiz[0].Chosen", "The duty engineer"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await page.Read(Page(run))).ShouldContain("You answered 1 of 1 question right.");
    }

    private async Task AsksAsync(HttpClient bo, HttpClient decides, string run)
    {
        (await bo.PostAsJsonAsync($"{Api(run)}/questions", new { stage = "Execute", subject = "t-1", step = 2, text = "What of Sundays?", isBlocking = true }).Json()).GetProperty("question").GetInt32().ShouldBe(1);
        (await decides.GetAsync($"{Api(run)}/questions").Json()).GetProperty("questions")[0].GetProperty("text").GetString().ShouldBe("What of Sundays?");
        (await hub.As(Role.Stakeholder).Send(new ListQuestions(run))).Value.ShouldSatisfyAllConditions(seen => seen.Blocking.ShouldBe(1), seen => seen.Questions.ShouldBeEmpty());
        (await hub.As(Role.DeploymentManager).Send(new ListInbox())).Items.ShouldContain(item => item.Kind == InboxKind.Question && item.Sentence == "Readers ask: 1 question, 1 blocking." && run.StartsWith(item.Subject));
        await bo.PostAsJsonAsync($"{Api(run)}/questions/1/overrulings", new { reason = "Never mind" }).Problem(HttpStatusCode.Forbidden, "access.not-permitted");
    }

    private async Task IsAwayAsync(HttpClient decides, TestPerson bo, string run)
    {
        var away = new { stage = "Execute", subject = "t-1", step = 2, person = bo.Email, reason = "On leave", until = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(7)) };
        (await decides.PostAsJsonAsync($"{Api(run)}/exemptions", away)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await hub.As(Role.Stakeholder).Send(new ExemptReader(run, Stage.Execute, "t-1", 2, bo.Email, "On leave", away.until))).Refused("access.not-permitted");
        (await hub.As(Role.Stakeholder).Send(new ShowAcknowledgement(run, Stage.Execute, "t-1", 2))).Value.ShouldSatisfyAllConditions(
            seen => seen.Readers.ShouldBeEmpty(), seen => seen.Counts.ShouldBe(new ShowAcknowledgement.Count(2, 1, 1, 1)));
    }

    private async Task ReadsTheDifferenceAsync(Estate estate, TestPerson ana, TestPerson bo)
    {
        await File.WriteAllTextAsync(Path.Combine(estate.Store, "1.0.1"), "1.0.1");
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(
            estate.Name, "1.0.1", [new RegisterComponentVersion.Artefact("package", estate.Name, "1.0.1", Domain.Digest.OfText("1.0.1").ToString())],
            new Dictionary<string, string> { ["changed since"] = "1.0.0", ["what changed"] = "The number at night." }))).Done();
        var run = await estate.StartAsync("1.0.1");
        await estate.ReachesAsync(run, RunStatus.Waiting);

        using var browser = await hub.BrowserFor(ana);
        var page = await browser.Read(Page(run));
        page.ShouldContain("The number at night.");
        page.ShouldNotContain("Whom do you call?");
        (await browser.Submit(Page(run), null)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await hub.As(bo).Send(new AcknowledgeVersion(run, Stage.Execute, "t-1", 2))).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
    }

    private static string Api(string run) => $"/api/v1/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}";

    private static string Page(string run) => $"/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}/acknowledgement?stage=Execute&subject=t-1&step=2";

    private static object Try(string chosen) => new { stage = "Execute", subject = "t-1", step = 2, answers = new[] { new { question = 1, chosen = new[] { chosen } } } };

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
