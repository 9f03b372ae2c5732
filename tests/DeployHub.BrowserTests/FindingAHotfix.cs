using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Journey J9: a hotfix by hand is found before a deployment touches it, its owner decides once it is registered, and the run goes on.</summary>
[TakesLong(24)]
public sealed class FindingAHotfix(Site site)
{
    private const string Hotfix = "1.0.0-hotfix";

    [Fact]
    public async Task Drift_halts_a_run_and_the_owner_accepts_what_is_registered()
    {
        await using var yard = await Yard.RegisterAsync(site, "hotfix");
        await yard.TargetsAsync([yard.Local("t-1"), yard.Local("t-2")]);
        await yard.ModelAsync(
            "Rolling", "phases: { batches: 1 }\nsteps: [{ name: Bring it, uses: upload, with: { to: package }, timeout: 1m }]",
            $"- {{ name: Read it back, uses: check-script, with: {{ command: [grep, -q, \"${{version.label}}\", \"{yard.Root}/${{target.name}}/package\"] }}, timeout: 1m }}",
            environment: $"[{{ name: Look for drift, uses: check-drift, with: {{ facts: [{{ kind: Component, name: {yard.Name}, file: package }}] }}, timeout: 1m }}]");
        await using (var first = await site.StartAsync(await yard.PlanAsync("1.0.0"))) await first.Page.SeesAsync("Succeeded");
        await File.WriteAllTextAsync(Path.Combine(yard.PlaceOf("t-1"), "package"), Hotfix);

        var number = await yard.PlanAsync("1.1.0");
        await using var paul = await site.StartAsync(number);
        await paul.Page.SeesAsync("Halted");
        var run = paul.Page.Url;
        await Expect(paul.Page.Locator(".card.needs-you").First).ToContainTextAsync($"{Hotfix} instead of 1.0.0");
        await paul.Page.GetByRole(AriaRole.Link, new() { Name = "What differs" }).ClickAsync();
        await Expect(paul.Page.Locator("tbody tr").First).ToContainTextAsync(Hotfix);
        await DecideAsync(paul.Page, "INC-70, by the people on duty", "Confirm");

        await using var ana = await site.OpenAsync("ana");
        await ana.Page.GotoAsync(paul.Page.Url);
        await AcceptAsync(ana.Page);
        await Expect(ana.Page.Locator(".refusal")).ToContainTextAsync("no registered version");
        await Expect(ana.Page.GetByLabel("What was found out or done")).ToHaveValueAsync("Hotfix of INC-70");
        await yard.VersionsAsync(Hotfix);
        await ana.Page.GotoAsync(new Uri(paul.Page.Url).GetLeftPart(UriPartial.Path));
        await AcceptAsync(ana.Page);
        await Expect(ana.Page.Locator("main")).ToContainTextAsync("Nothing differs that is known");

        await paul.Page.GotoAsync(run);
        await paul.Page.GetByLabel("Retry").CheckAsync();
        await paul.Page.DecideAsync("The owner accepted the hotfix");
        await paul.Page.SeesAsync("Succeeded after intervention");
        (await File.ReadAllTextAsync(Path.Combine(yard.PlaceOf("t-1"), "package"))).ShouldBe("1.1.0");
        paul.Complaints.Concat(ana.Complaints).ShouldBeEmpty();
    }

    private static async Task AcceptAsync(IPage drift)
    {
        if (!await drift.Locator("#decide").IsVisibleAsync()) await OpenAsync(drift);
        await drift.GetByLabel("Change").FillAsync("CHG-305");
        await DecideAsync(drift, "Hotfix of INC-70", $"Accept {Hotfix} as baseline");
    }

    private static async Task DecideAsync(IPage drift, string reason, string button)
    {
        if (!await drift.Locator("#decide").IsVisibleAsync()) await OpenAsync(drift);
        await drift.GetByLabel("What was found out or done").FillAsync(reason);
        await drift.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }

    private static async Task OpenAsync(IPage drift)
    {
        await drift.GetByRole(AriaRole.Link, new() { Name = "Decide of" }).ClickAsync();
        await Expect(drift.Locator("#decide")).ToBeVisibleAsync();
    }
}
