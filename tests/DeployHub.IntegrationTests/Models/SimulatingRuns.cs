using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Estimating;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Models;

/// <summary>A run that is only told: by the code of real ones, and without a trace.</summary>
public sealed class SimulatingRuns(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_simulation_is_the_run_that_the_same_plan_becomes()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "echo ${version.label}"), targets: 3, isLive: true, batches: 2);
        var before = await CountAsync();

        var simulated = (await hub.As(Role.Auditor).Send(new SimulateRun(estate.Plan("1.0.0")))).Done();
        (await CountAsync()).ShouldBe(before);
        simulated.Approvals.Count.ShouldBe(2); // a model and a version that nobody has seen work: medium risk
        simulated.Targets.Select(target => $"{target.Place} {target.Name} {target.PhaseName}").ShouldBe(["1 t-1 Batch 1 of 2", "2 t-2 Batch 1 of 2", "3 t-3 Batch 2 of 2"]);
        simulated.Eta.Steps.Keys.ShouldBe([TimeSource.Limit]);

        var number = await estate.PlanAsync();
        await estate.ApproveAsync(number);
        var run = await estate.RunAsync((await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done());
        simulated.Work.Select(work => $"{work.Stage} {work.Phase} {work.Part} {work.Subject}: {string.Join(", ", work.Steps.Select(step => step.Name))}")
            .ShouldBe(run.TargetRuns.Select(real => $"{real.Stage} {real.Phase} {real.Part} {real.Subject}: {string.Join(", ", real.Steps.Select(step => step.Name))}"));
    }

    [Fact]
    public async Task Runs_before_say_how_long_it_takes_and_what_is_there_already_is_left_alone()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var run = await estate.StartAsync(again: true);
            await hub.WorkOnAsync(run, each: TimeSpan.FromMinutes(1));
            await estate.ReachesAsync(run, RunStatus.Succeeded);
        }

        var again = (await hub.AsSystem.Send(new SimulateRun(estate.Plan("1.1.0")))).Done();
        (again.Eta.Half, again.Eta.Runs).ShouldBe((TimeSpan.FromMinutes(5), 3)); // five steps of a minute
        again.Eta.Steps.ShouldBe(new Dictionary<TimeSource, int> { [TimeSource.MeasuredHere] = 5 });
        var there = (await hub.AsSystem.Send(new SimulateRun(estate.Plan("1.0.0")))).Done();
        there.Targets.Single().IsUnchanged.ShouldBeTrue();
        there.Eta.Half.ShouldBe(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task A_page_and_a_program_simulate_a_document_that_is_not_published_and_keep_what_was_typed()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var document = (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 1))).Done().Yaml;
        var draft = document.Replace("name: Install", "name: Roll out", StringComparison.Ordinal);
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        var address = $"/models/{estate.Name}/simulate";

        var page = await TextAsync(await browser.Submit(address, null, ("Input.Environment", estate.Name), ("Input.Versions", $"{estate.Name}@1.0.0"), ("Document", draft), ("Subject", "t-2")));
        page.ShouldContain("Roll out");
        page.ShouldContain("Step by step on t-2");
        page.ShouldContain("publish it before anybody plans with it");
        var refused = await TextAsync(await browser.Submit(address, null, ("Input.Environment", estate.Name), ("Document", "model: ["), ("Input.SlotStart", "2026-12-01T10:00")));
        refused.ShouldContain("Choose at least one component version.");
        refused.ShouldContain("model: [");
        refused.ShouldContain("2026-12-01T10:00");
        (await browser.Read($"{address}?Input.Environment={estate.Name}&Input.Versions={estate.Name}@1.0.0")).ShouldContain("What would happen");

        using var client = await hub.ClientFor(Role.CiSystem);
        var told = await client.PostAsJsonAsync($"/api/v1/models/{estate.Name}/simulations", new { plan = new { environment = estate.Name, versions = new[] { $"{estate.Name}@1.0.0" } }, document = draft, subject = "t-1" }).Json();
        told.GetProperty("isPublished").GetBoolean().ShouldBeFalse();
        told.GetProperty("work").EnumerateArray().Select(work => work.GetProperty("subject").GetString()).ShouldNotContain("t-2");
        await client.PostAsJsonAsync($"/api/v1/models/{estate.Name}/simulations", new { plan = new { environment = "nowhere", versions = new[] { $"{estate.Name}@1.0.0" } } }).Problem(HttpStatusCode.BadRequest, "plan.environment-unknown");
    }

    private Task<int> CountAsync() => hub.Database(async db => await db.Deployments.CountAsync() + await db.Runs.CountAsync() + await db.ModelVersions.CountAsync());

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
