using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Reading and deciding need no JavaScript.</summary>
public sealed class WithoutScript(Site site)
{
    [Fact]
    public async Task A_plan_is_made_read_and_approved()
    {
        await using var mia = await site.OpenAsync("mia", script: false);
        await mia.Page.GotoAsync("/deployments/new");
        await mia.Page.GetByLabel("Environment", new() { Exact = true }).SelectOptionAsync("production");
        await mia.Page.SelectOptionAsync("#version-greeter-web", "greeter-web@1.1.0");
        await mia.Page.GetByLabel("Rolling web service").CheckAsync();
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "Show what this means" }).ClickAsync();
        await Expect(mia.Page.GetByLabel("web-6")).ToBeVisibleAsync();
        await Expect(mia.Page.Locator(".plan-check")).ToContainTextAsync("Can be submitted");
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();
        var number = await mia.Page.NumberAsync();

        await using var ana = await site.OpenAsync("ana", script: false);
        await ana.Page.GotoAsync("/deployments?status=InReview");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Expect(ana.Page.Locator("main")).ToContainTextAsync("exactly these versions, targets and settings");
        await ana.Page.GetByRole(AriaRole.Textbox, new() { Name = "Commentoptional" }).FillAsync("Read without script");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Approve for Production" }).ClickAsync();
        await Expect(ana.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        await Expect(ana.Page.Locator("main")).ToContainTextAsync("Read without script");
    }
}
