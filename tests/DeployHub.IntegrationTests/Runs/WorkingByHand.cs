using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>What people do by hand, through the same commands from a page, a program and a device that had no network.</summary>
public sealed class WorkingByHand(TestHub hub) : IClassFixture<TestHub>
{
    private const string Steps = """
        - { name: Unplug it, uses: manual, with: { instruction: Pull both plugs., evidence: File, values: [{ name: serial, expected: SN-1, pattern: "SN-[0-9]+" }] } }
        - { name: Plug it in, uses: manual, with: { instruction: Put both plugs back., evidence: None } }
        """;

    [Fact]
    public async Task An_answer_brings_its_files_and_values_and_is_given_once_however_often_it_is_sent()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps, targets: 1);
        var run = await AskingAsync(estate);
        using var paul = await hub.ClientFor(Role.DeploymentPractitioner);
        var address = $"/api/v1/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}/answers";
        var photo = new byte[3 * 1024 * 1024]; // larger than any other message may be
        var answer = new
        {
            stage = "Execute",
            subject = "t-1",
            step = 2,
            attempt = 1,
            answer = "Done",
            note = "",
            values = new { serial = "SN-1" },
            files = new[] { new { name = "front.jpg", content = photo }, new { name = "back.jpg", content = "back"u8.ToArray() } },
            onDeviceAt = hub.Clock.GetUtcNow().AddMinutes(-17),
        };

        (await SendAsync(paul, address, "key-1", answer)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var repeated = await SendAsync(paul, address, "key-1", answer);
        repeated.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        repeated.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        await SendAsync(paul, address, "key-2", answer).Problem(HttpStatusCode.Conflict, "run.no-manual-step");
        await SendAsync(paul, address, "key-3", new { stage = "Execute", subject = "t-1", step = 3, attempt = 1, answer = "Done" }).Problem(HttpStatusCode.Conflict, "run.manual-step-not-yet");

        var tasks = (await hub.AsSystem.Send(new ShowTasks(run))).Done();
        tasks.DoneCount.ShouldBe(1);
        tasks.Count.ShouldBe(2);
        var done = tasks.Done.Single();
        done.Evidence.Select(shown => shown.Name).ShouldBe(["Value serial", "File front.jpg", "File back.jpg"]);
        done.OnDeviceAt!.Value.ShouldBe(answer.onDeviceAt, TimeSpan.FromMilliseconds(1));
        (await hub.AsSystem.Send(new ShowEvidence(run, done.Evidence[1].Value))).Done().Content.Length.ShouldBe(photo.Length);
        (await hub.Database(db => db.StoredEvidence.CountAsync(stored => stored.Name == "back.jpg"))).ShouldBe(1);
    }

    [Fact]
    public async Task The_checklist_says_what_is_missing_and_keeps_what_was_typed()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps, targets: 1);
        var page = $"/deployments/{(await AskingAsync(estate)).Replace("/R", "/runs/", StringComparison.Ordinal)}/tasks";
        using var paul = await hub.BrowserFor(Role.DeploymentPractitioner);
        using var refused = await paul.Submit(page, "Answer", ("Answer.Stage", "Execute"), ("Answer.Subject", "t-1"), ("Answer.Step", "2"), ("Answer.Attempt", "1"), ("Answer.Answer", "Done"), ("Answer.Values[serial]", "SN-9"), ("Answer.Note", "Looks fine"));
        var html = await refused.Content.ReadAsStringAsync();
        html.ShouldContain("This step asks for a file as evidence");
        html.ShouldContain("value=\"SN-9\"");
        html.ShouldContain("Looks fine");

        (await hub.As(Role.DeploymentPractitioner).Send(new AnswerManualStep(estate.Name, Stage.Execute, "t-1", 2, ManualAnswer.Done) { Files = [.. Enumerable.Repeat(new EvidenceFile("x", [1]), 11)] }))
            .Error!.Fields["Files"].ShouldBe(["An answer may have at most 10 files."]);
        (await hub.As(Role.Auditor).Send(new AnswerManualStep(estate.Name, Stage.Execute, "t-1", 2, ManualAnswer.Done))).Refused("access.not-permitted");
        using var auditor = await hub.BrowserFor(Role.Auditor);
        (await auditor.Read(page)).ShouldNotContain("class=\"form answer\"");
    }

    [Fact]
    public async Task A_technician_does_by_a_link_what_it_opens_and_a_practitioner_confirms_it()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps.Replace("values:", "confirmedBySecond: true, values:", StringComparison.Ordinal), targets: 1);
        var run = await AskingAsync(estate);
        var token = (await hub.As(Role.DeploymentPractitioner).Send(new MakeSupplierLink(run, "Tara", "Rackworks", [new LinkedStep(Stage.Execute, "t-1", 2)]))).Done();
        (await hub.Database(db => db.SupplierLinks.SingleAsync())).ExpiresAt.ShouldBe(hub.Clock.GetUtcNow().AddHours(24), TimeSpan.FromMinutes(5));
        var done = new AnswerManualStep("another run is of no use", Stage.Execute, "t-1", 2, ManualAnswer.Done) { Files = [new EvidenceFile("front.jpg", [1])], Values = new Dictionary<string, string> { ["serial"] = "SN-1" } };

        using var technician = hub.Browser();
        (await technician.Read($"/by-link?token={token}")).ShouldNotContain("Plug it in");
        (await hub.AsNobody.Send(new AnswerByLink("dhl_guessed", done))).Refused("run.link-invalid");
        (await hub.AsNobody.Send(new AnswerByLink(token, done with { Step = 3 }))).Refused("run.not-of-this-link");
        (await hub.AsNobody.Send(done with { Run = run })).Refused("access.not-permitted");
        (await hub.AsNobody.Send(new AnswerByLink(token, done))).Done();
        (await hub.AsSystem.Send(new ShowTasks(run))).Done().Now.Single().ToBeConfirmed!.By.Name.ShouldBe("Tara (Rackworks), by link");

        (await hub.As(Role.Auditor).Send(new ConfirmManualStep(run, Stage.Execute, "t-1", 2))).Refused("access.not-permitted");
        (await hub.As(Role.DeploymentPractitioner).Send(new ConfirmManualStep(run, Stage.Execute, "t-1", 2))).Done();
        var tasks = (await hub.AsSystem.Send(new ShowTasks(run))).Done();
        tasks.Done.Single().ConfirmedBy!.Name.ShouldBe(nameof(Role.DeploymentPractitioner));
        (await hub.As(Role.DeploymentPractitioner).Send(new RevokeSupplierLink(run, tasks.Links.Single().Id))).Done();
        (await hub.AsNobody.Send(new ShowTasksByLink(token))).Refused("run.link-invalid");
    }

    /// <summary>A run whose first manual step waits.</summary>
    private async Task<string> AskingAsync(Estate estate)
    {
        var run = await estate.StartAsync();
        await hub.WorkOnAsync(run, (_, step) => step.Settings is ManualWork ? new StepOutcome.NeedsPerson() : StepOutcome.Succeeded.Plain);
        return run;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string address, string key, object answer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(answer) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
