using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

public sealed class PromotingARing(Site site)
{
    [Fact]
    public async Task A_ring_is_observed_extended_promoted_and_the_rest_follows()
    {
        var number = await site.PlanAsync("/deployments/new?Input.Environment=staging&Input.Versions=greeter-web@1.1.0&Input.Model=ring-web-service&Input.DeployAgain=true&Input.Parameters[soak]=5s");
        await using var paul = await site.StartAsync(number);
        await IsAskedAsync(paul.Page);
        await Expect(paul.Page.Locator(".staircase")).ToContainTextAsync("waits for a person");
        await paul.Page.LoadAxeAsync();
        (await paul.Page.ViolationsAsync()).ShouldBeEmpty();

        await ExtendAsync(paul.Page, "soon");
        await Expect(paul.Page.Locator(".refusal")).ToContainTextAsync("such as 10m");
        await Expect(paul.Page.GetByLabel("Reason")).ToHaveValueAsync("Few visitors so early");
        await ExtendAsync(paul.Page, "2s");
        await IsAskedAsync(paul.Page);

        await paul.Page.GetByRole(AriaRole.Button, new() { Name = "Promote Pilot" }).ClickAsync();
        await paul.Page.SeesAsync("Succeeded");
        await Expect(paul.Page.Locator(".staircase")).ToContainTextAsync("promoted by Paul Practitioner");
        paul.Complaints.ShouldBeEmpty();
    }

    private static Task IsAskedAsync(IPage run) => Expect(run.Locator("#observed-title")).ToHaveTextAsync("Promote Pilot?", new() { Timeout = 90_000 });

    private static async Task ExtendAsync(IPage run, string by)
    {
        await run.GetByLabel("Reason").FillAsync("Few visitors so early");
        await run.GetByLabel("Observe it longer by").FillAsync(by);
        await run.EvaluateAsync("document.body.dataset.before = ''");
        await run.GetByRole(AriaRole.Button, new() { Name = "Extend the soak" }).ClickAsync();
        await Expect(run.Locator("body:not([data-before])")).ToBeVisibleAsync();
    }
}
