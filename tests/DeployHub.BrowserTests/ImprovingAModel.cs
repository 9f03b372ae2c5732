using System.Text.Json;
using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Journey J6: records show what halts again and again; a review decides, an improvement becomes the next version, and its effect is measured.</summary>
[TakesLong(112)]
public sealed class ImprovingAModel(Site site) : IAsyncLifetime
{
    private Yard _yard = null!;

    private string Live => $"{_yard.Name[..^2]}-l";

    private string Full => Path.Combine(_yard.Root, "full-live-1");

    [Fact]
    public async Task What_halts_again_and_again_becomes_a_version_whose_effect_is_measured()
    {
        foreach (var halts in (bool[])[true, true, true, false, false]) await DeployAsync(halts);
        await using var dora = await site.OpenAsync("dora");
        await ReadsAsync(dora.Page);
        await ReviewsAsync(dora.Page);
        var improvement = await ProposesAsync(dora.Page);
        await WritesAsync(dora.Page, improvement);

        await RehearseAsync("Pass", "1.0.0", "Succeeded");
        await RehearseAsync("ForcedFailure", "1.1.0", "Succeeded", "Retry");
        await RehearseAsync("Rollback", "1.0.0", "RolledBack", "RollBack");
        var open = await PlanAsync();
        await PublishesAsync(dora.Page, open);

        await site.SendAsync("mia", ("POST", $"/deployments/{open}/cancellation", """{"reason":"Not needed any more"}"""));
        await DeployAsync(halts: false);
        await EvaluatesAsync(dora.Page, improvement);
        dora.Complaints.ShouldBeEmpty();
    }

    public async ValueTask InitializeAsync()
    {
        _yard = await Yard.RegisterAsync(site, "improved");
        await _yard.TargetsAsync([_yard.Local("test-1")]);
        await _yard.ModelAsync(
            "BigBang",
            $"phases: all-at-once\nsteps: [{{ name: Install, uses: script, with: {{ command: [sh, -c, \"test ! -e {_yard.Root}/full-${{target.name}} || {{ echo No space left on device >&2; exit 1; }}\"] }}, timeout: 1m, afterLoss: RunAgain }}]",
            $"- {{ name: Read it back, uses: check-script, with: {{ command: [test, -d, \"{_yard.Root}\"] }}, timeout: 1m }}");
        await site.SendAsync(
            "dora",
            Yard.Post("/environments", new { key = Live, name = Live, tier = "Production", owner = "Dora Manager", isLive = true }),
            Yard.Open(Live),
            Yard.Post($"/environments/{Live}/targets", _yard.Local("live-1")));
    }

    public ValueTask DisposeAsync() => _yard.DisposeAsync();

    /// <summary>Steps 1 and 2: nobody typed any of it.</summary>
    private async Task ReadsAsync(IPage page)
    {
        await page.GotoAsync($"/models/{_yard.Name}/analysis");
        await Expect(page.Locator(".signals")).ToContainTextAsync("“Install” halted 3 of 5 runs by the same cause, step failed. Resolved by retry 3 times.");
        await page.Locator(".signals").GetByRole(AriaRole.Link, new() { Name = "Repeating halt: Install" }).ClickAsync();
        await Expect(page.Locator("#halts + .table-frame tbody tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("main")).ToContainTextAsync("No space left on device");
    }

    /// <summary>Step 3: every signal gets a verdict.</summary>
    private async Task ReviewsAsync(IPage page)
    {
        await page.GotoAsync($"/models/{_yard.Name}/analysis");
        await page.GetByText("Schedule an analysis of its records").ClickAsync();
        await page.GetByLabel("Why now").FillAsync("It halts too often");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule the review" }).ClickAsync();
        await page.GetByLabel("Who took part").FillAsync("dora@demo.deployhub\npaul@demo.deployhub\nmia@demo.deployhub");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hold REV" }).ClickAsync();
        await page.GetByLabel("What was talked about").FillAsync("We look for room before Execute.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close REV" }).ClickAsync();
        await Expect(page.Locator(".refusal")).ToContainTextAsync("verdict");

        var findings = await page.Locator("section.finding").CountAsync();
        for (var number = 1; number <= findings; number++)
        {
            var finding = page.Locator($"#finding-{number}");
            var isHalt = (await finding.InnerTextAsync()).Contains("Install", StringComparison.Ordinal);
            await finding.Locator($"[name='Given[{number}].Verdict']").SelectOptionAsync(isHalt ? "Improve" : "Watch");
            await finding.Locator($"[name='Given[{number}].CauseClass']").SelectOptionAsync("Environment");
            await finding.Locator($"[name='Given[{number}].Words']").FillAsync("The disk was full.");
            await finding.GetByRole(AriaRole.Button, new() { Name = $"Keep the verdict on finding {number}" }).ClickAsync();
            await Expect(page.Locator($"#finding-{number}")).ToContainTextAsync("“The disk was full.”");
        }

        await page.GetByLabel("What was talked about").FillAsync("We look for room before Execute.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close REV" }).ClickAsync();
        await Expect(page.Locator("#narrative + .prose")).ToHaveTextAsync("We look for room before Execute.");
    }

    /// <summary>Step 4. Answers its number.</summary>
    private static async Task<string> ProposesAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Propose the improvement" }).First.ClickAsync();
        await Expect(page.GetByLabel("What it rests on")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^S1 Install"));
        await page.GetByLabel("What should change").FillAsync("Look for room before Execute");
        await page.GetByLabel("What is expected of it").FillAsync("Nine of ten deployments go through without help.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose it" }).ClickAsync();
        await page.WaitForURLAsync("**/improvements/IMP-*");
        foreach (var (field, level) in (IEnumerable<(string, string)>)[("Value", "High"), ("Effort", "Low"), ("Risk", "Low")]) await page.GetByLabel(field, new() { Exact = true }).SelectOptionAsync(level);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the assessment" }).ClickAsync();
        await page.GetByLabel("Owner").FillAsync("paul@demo.deployhub");
        await page.GetByLabel("In use by").FillAsync(DateTime.UtcNow.AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("Judged by").SelectOptionAsync("FirstTimeRight");
        await page.GetByLabel("What it should become").FillAsync("90 %");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept IMP" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it in the next version" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("v2");
        return new Uri(page.Url).Segments[^1];
    }

    /// <summary>Step 5: in the editor, and the difference in words.</summary>
    private async Task WritesAsync(IPage page, string improvement)
    {
        await Expect(page.Locator("main")).ToContainTextAsync(improvement);
        await page.GotoAsync($"/models/{_yard.Name}/versions/2/edit");
        var editor = new CodeEditor(page);
        var text = await editor.TextAsync();
        await editor.PasteAsync(text.Replace("uses: check-reachable, timeout: 1m }]", "uses: check-reachable, timeout: 1m }, { name: Find room, uses: check-disk-space, with: { minimumFreeMiB: 1 }, timeout: 1m }]", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and start testing" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("v2 is in test: its text is frozen.");
        await page.GotoAsync($"/models/{_yard.Name}/compare?from=1&to=2");
        await Expect(page.Locator("main")).ToContainTextAsync("new check “Find room” before Execute");
    }

    /// <summary>Step 7: a second person approves, the open plan gets a decision.</summary>
    private async Task PublishesAsync(IPage page, string open)
    {
        var version = $"/models/{_yard.Name}/versions/2";
        await page.GotoAsync(version);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm that v2 is tested" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("v2 is tested.");
        await using (var ana = await site.OpenAsync("ana"))
        {
            await ana.Page.GotoAsync(version);
            await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Approve v2" }).ClickAsync();
            await Expect(ana.Page.Locator("main")).ToContainTextAsync("v2 is approved.");
            ana.Complaints.ShouldBeEmpty();
        }

        await page.GotoAsync(version);
        await page.GetByLabel("Change", new() { Exact = true }).FillAsync("CHG-311");
        await page.GetByLabel("What changes, for whom").FillAsync("A full disk is found before anything is touched.");
        await page.GetByLabel(open).SelectOptionAsync("RecommendUpgrade");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish v2" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("v2 is published.");
    }

    /// <summary>Step 8: the same figure before and after, and no claim that the intervals do not carry.</summary>
    private static async Task EvaluatesAsync(IPage page, string improvement)
    {
        await page.GotoAsync($"/improvements/{improvement}");
        await Expect(page.Locator("main")).ToContainTextAsync("Delivered");
        await Expect(page.Locator("main")).ToContainTextAsync("The figures suggest “no effect”.");
        await Expect(page.Locator("main")).ToContainTextAsync("no clear change");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Evaluate {improvement}" }).ClickAsync();
        await Expect(page.Locator(".page-lead")).ToContainTextAsync("No effect");
        await page.LoadAxeAsync();
        (await page.ViolationsAsync()).ShouldBeEmpty();
    }

    /// <summary>Mia plans it for the live environment and submits it. Answers its number.</summary>
    private async Task<string> PlanAsync()
    {
        var number = KeyOf(await site.SendAsync("mia", Yard.Post("/deployments", new { plan = new { environment = Live, versions = new[] { $"{_yard.Name}@1.0.0" }, model = _yard.Name, deployAgain = true } })));
        await site.SendAsync("mia", ("POST", $"/deployments/{number}/submission", "{}"));
        return number;
    }

    /// <summary>One of the deployments that records come from, all the way.</summary>
    private async Task DeployAsync(bool halts)
    {
        if (halts) await File.WriteAllTextAsync(Full, "");
        var number = await PlanAsync();
        foreach (var approver in (string[])["ana", "otto"])
        {
            var seen = await _yard.ReadAsync($"/deployments/{number}");
            if (seen.GetProperty("status").GetString() == "InReview") await site.SendAsync(approver, Yard.Post($"/deployments/{number}/approvals", new { planDigest = seen.GetProperty("planDigest").GetString() }));
        }

        await site.SendAsync("paul", ("POST", $"/deployments/{number}/runs", "{}"));
        if (halts)
        {
            await ReachesAsync(number, "Halted");
            File.Delete(Full);
            await ResolveAsync(number, "Retry");
        }

        await ReachesAsync(number, "Succeeded");
    }

    /// <summary>Step 6, by somebody who did not write it.</summary>
    private async Task RehearseAsync(string rehearsed, string label, string ends, string? resolution = null)
    {
        var plan = new { environment = _yard.Name, versions = new[] { $"{_yard.Name}@{label}" }, model = _yard.Name, modelVersion = 2, deployAgain = true, rehearsal = new { @case = rehearsed } };
        var number = KeyOf(await site.SendAsync("paul", Yard.Post("/deployments", new { plan })));
        await site.SendAsync("paul", ("POST", $"/deployments/{number}/submission", "{}"), ("POST", $"/deployments/{number}/runs", "{}"));
        if (resolution is not null)
        {
            await ReachesAsync(number, "Halted");
            await ResolveAsync(number, resolution);
        }

        await ReachesAsync(number, ends);
    }

    private Task ResolveAsync(string number, string choice) =>
        site.SendAsync("paul", Yard.Post($"/deployments/{number}/runs/1/resolutions", new { choice, causeClass = "Environment", diagnosis = "The disk was full." }));

    private async Task ReachesAsync(string number, string status)
    {
        for (var looks = 0; await StatusAsync() is var now && now != status; looks++)
        {
            looks.ShouldBeLessThan(120, $"{number} is {now} where it should be {status}");
            await Task.Delay(500);
        }

        async Task<string?> StatusAsync() => (await _yard.ReadAsync($"/deployments/{number}/runs/1")).GetProperty("status").GetString();
    }

    private static string KeyOf(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("key").GetString()!;
}
