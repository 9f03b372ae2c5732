using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Journey J5, steps 1, 2 and 5: the incident tool reports, the service's page warns, one click leads to the emergency, and the incident says what restored it.</summary>
[TakesLong(80)]
public sealed class MeetingAnIncident(Site site)
{
    private readonly string _incident = $"INC-{Random.Shared.Next(100_000, 1_000_000)}";
    private string _live = "";

    [Fact]
    public async Task Its_tool_reports_it_an_emergency_restores_it_and_people_say_what_caused_it()
    {
        await using var yard = await RegisterAsync("wallets");
        var (first, second) = (await DeployAsync(yard, "1.0.0"), await DeployAsync(yard, "1.1.0"));
        await ReportAsync(yard);

        var fix = await AskFromTheServiceAsync(yard, first, second);
        await ApproveAsync(fix);
        await using (var run = await site.StartAsync(fix)) await run.Page.SeesAsync("Succeeded");

        await SeeItRestoredAsync(yard, fix);
        await DecideAsync(first, second);
        await ResolveAsync(yard);
    }

    private async Task<Yard> RegisterAsync(string name)
    {
        var yard = await Yard.RegisterAsync(site, name);
        _live = $"{yard.Name}-live";
        await yard.ModelAsync(
            "Rolling", "phases: { batches: 1 }\nsteps: [{ name: Bring it, uses: upload, with: { to: package }, timeout: 1m }]",
            $"- {{ name: Read it back, uses: check-script, with: {{ command: [grep, -q, \"${{version.label}}\", \"{yard.Root}/${{target.name}}/package\"] }}, timeout: 1m }}");
        await yard.VersionsAsync("1.2.0");
        await site.SendAsync("dora", [
            Yard.Post("/environments", new { key = _live, name = $"{yard.Name} live", tier = "Production", owner = "Dora Manager", isLive = true, order = 9 }),
            Yard.Post($"/environments/{_live}/targets", yard.Local("t-1")),
        ]);
        return yard;
    }

    /// <summary>What was there before the incident: brought for another reason.</summary>
    private async Task<string> DeployAsync(Yard yard, string label)
    {
        var plan = new { environment = _live, versions = new[] { $"{yard.Name}@{label}" }, model = yard.Name, category = "Emergency", reason = "Security", incident = "CVE-2026-1234" };
        var number = JsonDocument.Parse(await site.SendAsync("paul", Yard.Post("/deployments", new { plan, description = "It closes a hole." }))).RootElement.GetProperty("key").GetString()!;
        await site.SendAsync("paul", Yard.Post($"/deployments/{number}/submission", new { }));
        await ApproveAsync(number);
        await using var run = await site.StartAsync(number);
        await run.Page.SeesAsync("Succeeded");
        return number;
    }

    private async Task ApproveAsync(string number)
    {
        await using var ana = await site.OpenAsync("ana");
        await ana.Page.GotoAsync($"/deployments/{number}/decide");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Approve for" }).ClickAsync();
        await Expect(ana.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        ana.Complaints.ShouldBeEmpty();
    }

    /// <summary>As the incident tool does: a program with a token for this one service.</summary>
    private async Task ReportAsync(Yard yard)
    {
        var made = await site.SendAsync("adam", Yard.Post("/api-clients", new { name = $"Pager of {yard.Name}", expiresAt = DateTimeOffset.UtcNow.AddDays(1), service = yard.Name }));
        using var tool = new HttpClient { BaseAddress = new Uri(site.Address) };
        tool.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonDocument.Parse(made).RootElement.GetProperty("token").GetString());
        using var answer = await tool.PutAsJsonAsync($"/api/v1/incidents/{_incident}?source=pager", new { title = "Wallets are empty", severity = 1, service = yard.Name, environment = _live, address = "https://incidents.example.com/" });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> AskFromTheServiceAsync(Yard yard, string first, string second)
    {
        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/services/{yard.Name}");
        var banner = paul.Page.Locator("#incidents");
        foreach (var seen in (string[])["An incident is open", "Severity 1", "Wallets are empty", first, second]) await Expect(banner).ToContainTextAsync(seen);
        await banner.GetByRole(AriaRole.Link, new() { Name = $"Plan an emergency for {_incident}" }).ClickAsync();

        await Expect(paul.Page.Locator("#Input_Incident")).ToHaveValueAsync(_incident);
        await Expect(paul.Page.Locator("#Input_Environment")).ToHaveValueAsync(_live);
        await Expect(paul.Page.GetByLabel("It is of severity 1")).ToBeCheckedAsync();
        await Expect(paul.Page.Locator("form#emergency")).ToContainTextAsync("Wallets are empty, severity 1");
        await paul.Page.SelectOptionAsync("#Input_Version", $"{yard.Name}@1.2.0");
        await paul.Page.GetByLabel("What it does and why it cannot wait").FillAsync("It fills them again.");
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = "Ask the emergency approvers" }).ClickAsync();

        var number = await paul.Page.NumberAsync();
        await Expect(paul.Page.Locator("#restores")).ToContainTextAsync($"It is for {_incident}");
        paul.Complaints.ShouldBeEmpty();
        return number;
    }

    private async Task SeeItRestoredAsync(Yard yard, string fix)
    {
        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/deployments/{fix}");
        await Expect(paul.Page.Locator("#restores")).ToContainTextAsync($"It restored {_incident}");
        await paul.Page.Locator("#restores").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(paul.Page.Locator(".page-lead")).ToContainTextAsync($"restored by {fix}");
        await paul.Page.GotoAsync($"/services/{yard.Name}");
        await Expect(paul.Page.Locator("#incidents")).ToContainTextAsync($"restored by {fix}");
        paul.Complaints.ShouldBeEmpty();
    }

    private async Task DecideAsync(string rejected, string confirmed)
    {
        await using var dora = await site.OpenAsync("dora");
        await dora.Page.GotoAsync($"/incidents/{_incident}?decide={rejected}");
        await dora.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("It was there for hours.");
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = $"Reject {rejected} as a cause" }).ClickAsync();
        await Expect(dora.Page.Locator($"#{rejected}")).ToContainTextAsync("Rejected");

        await dora.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("The new limit is zero.");
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = $"Confirm that {confirmed} caused it" }).ClickAsync();
        await Expect(dora.Page.Locator($"#{confirmed}")).ToContainTextAsync("The new limit is zero.");
        await dora.Page.GotoAsync($"/deployments/{confirmed}");
        await Expect(dora.Page.Locator("#incidents")).ToContainTextAsync("Confirmed");
        dora.Complaints.ShouldBeEmpty();
    }

    private async Task ResolveAsync(Yard yard)
    {
        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/incidents/{_incident}");
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = $"Resolve {_incident}" }).ClickAsync();
        await Expect(paul.Page.Locator(".page-lead")).ToContainTextAsync("Resolved");
        await paul.Page.GotoAsync($"/services/{yard.Name}");
        await Expect(paul.Page.Locator("#incidents")).Not.ToBeAttachedAsync();
        await paul.Page.GotoAsync("/wall");
        await Expect(paul.Page.GetByRole(AriaRole.Region, new() { Name = "Incidents" })).ToBeAttachedAsync();
        paul.Complaints.ShouldBeEmpty();
    }
}
