using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>A webhook whose receiver does the work: it is asked once, reports at the address it was given, and nobody else can.</summary>
public sealed class AwaitingReports(AwaitingReports.PublicHub hub) : IClassFixture<AwaitingReports.PublicHub>
{
    [Fact]
    public async Task The_receiver_reports_and_the_run_goes_on()
    {
        var asked = new ConcurrentQueue<string>();
        await using var receiver = new TestHttp(async request =>
        {
            using var reader = new StreamReader(request.Request.InputStream);
            asked.Enqueue(await reader.ReadToEndAsync());
            return (202, asked.Last()); // mirrors even the token
        });
        using var estate = await Estate.RegisterAsync(
            hub, $"- {{ name: Ask the shop, uses: webhook, with: {{ url: \"{receiver.Url}/\", secret: \"${{secret:hook}}\", type: shop.deploy, callback: true }}, timeout: 10m }}", targets: 1);
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Waiting);
        var waiting = await estate.RunAsync(run);
        waiting.WaitingFor.ShouldBe(WaitingReason.ExternalReport);
        waiting.WaitingSentence!.ShouldStartWith($"127.0.0.1:{receiver.Port} has to report the end of “Ask the shop” for t-1, by ");

        var callback = JsonNode.Parse(asked.ShouldHaveSingleItem())!["callback"]!;
        var (url, token) = (callback["url"]!.GetValue<string>(), callback["token"]!.GetValue<string>());
        url.ShouldStartWith("https://hub.example/api/v1/reports/");
        await ExpectAsync(url, null, new { status = "succeeded" }, HttpStatusCode.NotFound, "report.unknown");
        await ExpectAsync(url, "dhr_forged", new { status = "succeeded" }, HttpStatusCode.NotFound, "report.unknown");
        await ExpectAsync(url + "0", token, new { status = "succeeded" }, HttpStatusCode.NotFound, "report.unknown");
        await ExpectAsync(url, token, new { status = "finished" }, HttpStatusCode.BadRequest, null);
        await ExpectAsync(url, token, new { status = "succeeded", evidence = new[] { new { name = "", value = "1", url = "https://x/" } } }, HttpStatusCode.BadRequest, "invalid");
        await ExpectAsync(url, token, new { status = "running", message = $"half\n{token} whsec_{PublicHub.Key}\0" }, HttpStatusCode.NoContent, null);
        (await estate.RunAsync(run)).Status.ShouldBe(RunStatus.Waiting);

        await ExpectAsync(url, token, new { status = "succeeded", message = "done", evidence = new[] { new { name = "Order", url = "https://shop.example/4711" } } }, HttpStatusCode.NoContent, null);
        await ExpectAsync(url, token, new { status = "failed" }, HttpStatusCode.Conflict, "report.already-taken");
        await estate.ReachesAsync(run, RunStatus.Succeeded);

        var step = (await estate.RunAsync(run)).TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute).Steps.Single(step => step.Name == "Ask the shop");
        step.Attempts.ShouldHaveSingleItem().Outcome.ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldContain(new Domain.Runs.Evidence("Order", "https://shop.example/4711"));
        asked.Count.ShouldBe(1);

        var log = (await hub.As(Role.DeploymentPractitioner).Send(new ListLogLines(run, Step: "Ask the shop"))).Select(line => line.Text).ToList();
        log.ShouldContain("half");
        log.ShouldContain("••• •••");
        string.Join('\n', log).ShouldNotContain(token);
    }

    private async Task ExpectAsync(string url, string? token, object report, HttpStatusCode status, string? code)
    {
        using var client = hub.Anonymous();
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.PostAsJsonAsync(new Uri(url).AbsolutePath, report);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, body);
        if (code is not null) JsonNode.Parse(body)!["code"]!.GetValue<string>().ShouldBe(code);
    }

    public sealed class PublicHub(TestPostgres postgres) : TestHub(postgres)
    {
        public const string Key = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

        protected override string Roles => "all";

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DeployHub:PublicAddress"] = "https://hub.example", ["DeployHub:Secrets:hook"] = $"whsec_{Key}" };
    }
}
