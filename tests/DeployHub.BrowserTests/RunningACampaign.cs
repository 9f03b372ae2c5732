using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Two deployments in two waves: planned from last time's form, one go, a plan that changes, and the end that comes by itself.</summary>
[TakesLong(19)]
public sealed class RunningACampaign(Site site) : IAsyncLifetime
{
    private Yard _yard = null!;

    [Fact]
    public async Task A_train_of_two_deployments_runs_in_order_after_one_go()
    {
        var (first, second) = (await _yard.PlanAsync("1.0.0"), await _yard.PlanAsync("1.1.0"));
        await using var mia = await site.OpenAsync("mia");
        await PlansAsync(mia.Page, first, second);

        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/deployments/{second}");
        await Expect(paul.Page.Locator(".gates")).ToContainTextAsync("has no go yet");
        await Expect(paul.Page.Locator("#relations")).ToContainTextAsync(first);

        await using var dora = await site.OpenAsync("dora");
        await dora.Page.GotoAsync(new Uri(mia.Page.Url).AbsolutePath);
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "the go" }).ClickAsync();
        await Expect(dora.Page.Locator("main")).ToContainTextAsync("has your go");

        await RunAsync(first);
        await RunAsync(second);
        await dora.Page.ReloadAsync();
        await Expect(dora.Page.Locator("main")).ToContainTextAsync("Every deployment is over: 2 of 2 succeeded.");
        dora.Complaints.ShouldBeEmpty();
        mia.Complaints.ShouldBeEmpty();
    }

    public async ValueTask InitializeAsync()
    {
        _yard = await Yard.RegisterAsync(site, "campaign");
        await _yard.TargetsAsync([_yard.Local("web-1")]);
        await _yard.ModelAsync(
            "BigBang", "phases: all-at-once\nsteps: [{ name: Bring it, uses: upload, with: { to: package }, timeout: 1m }]",
            "- { name: Ask it, uses: check-script, with: { command: [test, -d, .] }, timeout: 1m }");
    }

    public ValueTask DisposeAsync() => _yard.DisposeAsync();

    /// <summary>A wave that names a deployment twice is refused, and keeps what was typed.</summary>
    private static async Task PlansAsync(IPage page, string first, string second)
    {
        await page.GotoAsync("/campaigns/new");
        await page.GetByLabel("Title").FillAsync("Autumn release");
        await page.GetByLabel("Waves").FillAsync($"{first}\n{first}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan the campaign" }).ClickAsync();
        await Expect(page.Locator(".field-problem").First).ToContainTextAsync("named twice");
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("Autumn release");

        await page.GetByLabel("Waves").FillAsync($"{first}\n{second}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan the campaign" }).ClickAsync();
        await page.WaitForURLAsync("**/campaigns/CMP-*");
        await Expect(page.Locator("table.campaign")).ToContainTextAsync(second);
    }

    private async Task RunAsync(string number)
    {
        await using var run = await site.StartAsync(number);
        await run.Page.SeesAsync("Succeeded");
    }
}
