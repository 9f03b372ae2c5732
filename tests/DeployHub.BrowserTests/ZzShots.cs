using System.Globalization;
using System.Text.Json;
using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

[TakesLong(80)]
public sealed class ZzShots(ClockedSite site) : IClassFixture<ClockedSite>
{
    [Fact]
    public async Task Shots()
    {
        var day = site.Now.UtcDateTime.Date.AddDays(5);
        string At(int hour) => day.AddHours(hour).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        var freeze = await KeyAsync("dora", "/freezes", new { name = "Weekend", reason = "Reduced staffing", scope = new { environment = "production" }, when = new { start = At(12), end = At(20), zone = "UTC" } });
        await using var dora = await site.OpenAsync("dora");
        await dora.Page.GotoAsync($"{Moves.Planning("production", "1.0.0")}&Input.SlotStart={At(13)}&Input.SlotEnd={At(14)}");
        await ShotAsync(dora.Page, "form");
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();
        var refused = await dora.Page.NumberAsync();
        await ShotAsync(dora.Page, "draft");
        await dora.Page.Locator("section", new() { Has = dora.Page.Locator("#in-the-way") }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(dora.Page.Locator("#Input_SlotStart")).ToHaveValueAsync(At(20));
        await dora.Page.GotoAsync($"{Moves.Planning("production", "1.0.0")}&Input.SlotStart={At(13)}&Input.SlotEnd={At(14)}");
        await dora.Page.Locator("#slot-check button").First.ClickAsync();
        await Expect(dora.Page.Locator("#Input_SlotStart")).ToHaveValueAsync(At(20));
        await ShotAsync(dora.Page, "taken");

        var number = await site.PlanAsync($"{Moves.Planning("production", "1.0.0")}&Input.SlotStart={At(13)}&Input.SlotEnd={At(14)}", "Save as a draft");
        var exception = await KeyAsync("mia", "/freeze-exceptions", new { deployment = number, freeze, justification = "The file is due", impact = "A fine", onCall = "Paul", rollbackMinutes = 6, until = $"{At(16)}Z" });
        await site.SendAsync("mia", Yard.Post($"/deployments/{number}/submission", new { }));
        await using var ana = await site.OpenAsync("ana");
        foreach (var (name, address) in ((string, string)[])[("decide", $"/deployments/{number}/decide"), ("plan", $"/deployments/{number}"), ("exception", $"/calendar/exceptions/{exception}"), ("service", "/services/greeter")])
        {
            await ana.Page.GotoAsync(address);
            await ShotAsync(ana.Page, name);
        }

        await ana.Page.SetViewportSizeAsync(375, 740);
        await ana.Page.GotoAsync("/inbox");
        await ana.Page.EvaluateAsync("() => document.querySelectorAll('.inbox details').forEach(details => details.open = true)");
        await ana.Page.ScreenshotAsync(new() { Path = "/tmp/newplans-inbox-375.png", FullPage = true });

        await using var yard = await Yard.RegisterAsync(site, "shots");
        await yard.TargetsAsync([yard.Local("one")]);
        await yard.ModelAsync("BigBang", """
            phases: all-at-once
            steps:
              - { name: Install, uses: script, with: { command: ["true"] }, timeout: 9m }
            """, "- { name: Read it back, uses: check-script, with: { command: [\"true\"] }, timeout: 1m }");
        var done = await yard.PlanAsync("1.0.0");
        await using (var run = await site.StartAsync(done)) await run.Page.SeesAsync("Succeeded", 20);
        await using var aud = await site.OpenAsync("dora");
        await aud.Page.GotoAsync($"/deployments/{done}");
        await ShotAsync(aud.Page, "done");
        await aud.Page.GotoAsync($"/records/{done}");
        await ShotAsync(aud.Page, "record");
        await aud.Page.GotoAsync("/records");
        await ShotAsync(aud.Page, "records");
        await aud.Page.GotoAsync("/calendar/freezes/new");
        await ShotAsync(aud.Page, "freeze");
        dora.Complaints.ShouldBeEmpty();
        ana.Complaints.ShouldBeEmpty();
        refused.ShouldNotBeEmpty();
    }

    private static async Task ShotAsync(IPage page, string name)
    {
        await page.SetViewportSizeAsync(1280, 800);
        await page.ScreenshotAsync(new() { Path = $"/tmp/newplans-{name}.png", FullPage = true });
        await page.SetViewportSizeAsync(375, 740);
        await page.ScreenshotAsync(new() { Path = $"/tmp/newplans-{name}-375.png", FullPage = true });
        await page.SetViewportSizeAsync(1280, 800);
    }

    private async Task<string> KeyAsync(string person, string path, object body) => JsonDocument.Parse(await site.SendAsync(person, Yard.Post(path, body))).RootElement.GetProperty("key").GetString()!;
}
