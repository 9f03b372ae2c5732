using System.Net.Http.Json;
using System.Text.Json;
using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>The demo as the issue tells it, by three people in three browsers.</summary>
[TakesLong(51)]
public sealed class DemoJourney(Site site)
{
    private static readonly string[] Fleet = ["web-1", "web-2", "web-3", "web-4", "web-5", "web-6"];

    [Fact]
    public async Task A_good_version_rolls_through_production_and_a_broken_one_is_rolled_back()
    {
        var good = await PlanAsync("1.1.0");
        await ApproveAsync(good);
        await WatchItSucceedAsync(good);
        (await AnswersAsync()).ShouldAllBe(version => version == "1.1.0");

        var broken = await PlanAsync("1.2.0", healthyWithin: "5s");
        await ApproveAsync(broken);
        await RollBackAsync(broken);
        (await AnswersAsync()).ShouldAllBe(version => version == "1.1.0");
        await ReadTheRecordAsync(broken);
    }

    private async Task<string> PlanAsync(string version, string healthyWithin = "")
    {
        await using var mia = await site.OpenAsync("mia");
        var page = mia.Page;
        await page.GotoAsync("/deployments/new");
        await page.SelectOptionAsync("#Input_Environment", "production");
        await Expect(page.GetByLabel("web-6")).ToBeVisibleAsync(); // the section filled by itself
        await page.SelectOptionAsync("#version-greeter-web", $"greeter-web@{version}");
        await page.GetByLabel("Rolling web service").CheckAsync();
        await page.GetByLabel("healthyWithin").FillAsync(healthyWithin);
        await page.GetByLabel("Title").FillAsync($"Greeter {version}");
        await Expect(page.Locator(".plan-check")).ToContainTextAsync("Can be submitted");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();

        var number = await page.NumberAsync();
        await Expect(page.Locator(".page-lead")).ToContainTextAsync("In review");
        mia.Complaints.ShouldBeEmpty();
        return number;
    }

    private async Task ApproveAsync(string number)
    {
        await using var ana = await site.OpenAsync("ana");
        await ana.Page.GotoAsync("/inbox");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Approve for Production" }).ClickAsync();
        await Expect(ana.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        ana.Complaints.ShouldBeEmpty();
    }

    private async Task WatchItSucceedAsync(string number)
    {
        await using var paul = await site.StartAsync(number);
        await paul.Page.EvaluateAsync("window.neverReloaded = true");
        await paul.Page.SeesAsync("Succeeded");

        await Expect(paul.Page.Locator(".target-cells > [data-state=passed]")).ToHaveCountAsync(6);
        await Expect(paul.Page.Locator(".target-group")).ToHaveTextAsync(["Batch 1 of 3", "Batch 2 of 3", "Batch 3 of 3"]);
        await Expect(paul.Page.Locator("#run-state .stage-strip > [data-state=passed]")).ToHaveCountAsync(4);
        await Expect(paul.Page.Locator("#log")).ToContainTextAsync("answers version 1.1.0");
        (await paul.Page.EvaluateAsync<bool>("window.neverReloaded")).ShouldBeTrue();
        paul.Complaints.ShouldBeEmpty();
    }

    private async Task RollBackAsync(string number)
    {
        await using var paul = await site.StartAsync(number);
        await paul.Page.SeesAsync("Halted");
        await Expect(paul.Page.Locator(".target-cells > [data-state=halted] .target-name")).ToHaveTextAsync(["web-1", "web-2"]);
        await Expect(paul.Page.Locator(".target-cells > [data-state=waiting]")).ToHaveCountAsync(4);

        await paul.Page.GetByLabel("Roll back DEP").CheckAsync();
        await paul.Page.GetByLabel("What you found out").FillAsync("The health check answers 503");
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = "Decide" }).ClickAsync();
        await paul.Page.SeesAsync("Rolled back");
        await Expect(paul.Page.Locator(".target-cells > [data-state=rolled-back]")).ToHaveCountAsync(2);
        paul.Complaints.ShouldBeEmpty();
    }

    private async Task ReadTheRecordAsync(string number)
    {
        await using var dora = await site.OpenAsync("dora");
        await dora.Page.GotoAsync("/records");
        await dora.Page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Expect(dora.Page.Locator(".page-lead")).ToContainTextAsync("Rolled back");
        await Expect(dora.Page.Locator("main")).ToContainTextAsync("The health check answers 503");
        await Expect(dora.Page.Locator("main")).ToContainTextAsync("Version: 1.1.0"); // read back from the targets
    }

    /// <summary>What the six services themselves say, asked as any user would.</summary>
    private async Task<string[]> AnswersAsync()
    {
        await using var paul = await site.OpenAsync("paul");
        using var http = new HttpClient();
        return await Task.WhenAll(Fleet.Select(async target =>
        {
            var answer = await paul.Page.Context.APIRequest.GetAsync($"/api/v1/environments/production/targets/{target}");
            var known = JsonSerializer.Deserialize<JsonElement>(await answer.TextAsync());
            var port = known.GetProperty("variables").GetProperty("port").GetString();
            return (await http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{port}/version")).GetProperty("version").GetString()!;
        }));
    }
}
