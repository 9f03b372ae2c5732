using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Inventory;

public sealed class DefiningVariables(WorkingHub hub) : IClassFixture<WorkingHub>
{
    [Fact]
    public async Task Each_target_gets_the_most_specific_value_and_a_plan_keeps_what_it_resolved()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Write", "echo ${variable.level} >> journal"), batches: 2);
        (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Refused("plan.variable-unknown").Fields.Keys.ShouldBe(["Plan.Model"]);
        await SetAsync(estate.Name, new("low"), new("high", estate.Name, Target: "t-2"));

        var number = await estate.PlanAsync();
        await SetAsync(estate.Name, new ScopedValue("changed since"));
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();

        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (estate.Journal("t-1").Single(), estate.Journal("t-2").Single()).ShouldBe(("low", "high"));
    }

    [Fact]
    public async Task Programs_define_read_preview_and_remove_them()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Nothing", "true"));
        using var client = await hub.ClientFor(Role.DeploymentManager);
        var address = $"/api/v1/services/{estate.Name}/variables/level";

        (await client.PutAsJsonAsync(address, new { values = new object[] { new { value = "low" }, new { value = "high", target = "t-2" } } })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var shown = await client.GetAsync(address);
        (await Task.FromResult(shown).Json()).GetProperty("values")[1].GetProperty("target").GetString().ShouldBe("t-2");
        var preview = await client.GetAsync($"/api/v1/services/{estate.Name}/environments/{estate.Name}/variables").Json();
        preview.EnumerateArray().Select(row => row.GetProperty("variables")[0]).Select(cell => $"{cell.GetProperty("value")} {cell.GetProperty("from")}").ShouldBe(["low everywhere", "low everywhere", "high target t-2"]);

        await client.PutAsJsonAsync(address, new { values = new[] { new { value = "other", environment = "nowhere" } } }).Problem(HttpStatusCode.BadRequest, "environment.not-found");
        using var stale = new HttpRequestMessage(HttpMethod.Put, address) { Content = JsonContent.Create(new { values = new[] { new { value = "mine" } } }), Headers = { { "If-Match", "\"1\"" } } };
        await client.SendAsync(stale).Problem(HttpStatusCode.PreconditionFailed, "changed-meanwhile");
        (await client.DeleteAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await client.GetAsync(address).Problem(HttpStatusCode.NotFound, "variable.not-found");
    }

    [Fact]
    public async Task A_refused_form_keeps_what_was_typed()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Nothing", "true"));
        using var browser = await hub.BrowserFor(Role.DeploymentManager);

        var answer = await browser.Submit($"/services/{estate.Name}/variables/new", null, ("Input.Name", "db-password"), ("Input.Values[0].Value", ""), ("Input.Values[1].Value", "hunter2"), ("Input.Values[1].Labels", "site=berlin"));
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("looks like a secret written out");
        page.ShouldContain("value=\"hunter2\"");
        page.ShouldContain("value=\"site=berlin\"");
    }

    private async Task SetAsync(string service, params ScopedValue[] values) => (await hub.As(Role.DeploymentManager).Send(new SetVariable(service, "level", values))).Done();
}
