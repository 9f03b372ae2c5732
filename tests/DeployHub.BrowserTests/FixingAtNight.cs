using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Journey J5: an emergency at night. An approver decides on a phone; another time nobody answers, the glass is broken and answered for the next day.</summary>
[TakesLong(80)]
public sealed class FixingAtNight(Site site)
{
    private string _live = "";

    [Fact]
    public async Task An_approver_decides_on_the_phone_and_another_time_the_glass_is_broken()
    {
        await using var yard = await RegisterAsync("payments");

        await yard.TargetsAsync([yard.Local("test-1")]);
        await using (var before = await site.StartAsync(await yard.PlanAsync("1.0.0"))) await before.Page.SeesAsync("Succeeded");

        var approved = await AskAsync(yard, "1.0.0", isGravest: false);
        await ApproveOnThePhoneAsync(approved);
        await using (var first = await site.StartAsync(approved)) await first.Page.SeesAsync("Succeeded");

        var broken = await AskAsync(yard, "1.1.0", isGravest: true);
        await BreakTheGlassAsync(broken);
        await using (var second = await site.StartAsync(broken)) await second.Page.SeesAsync("Succeeded");
        await BringTheOthersLevelAsync(broken, yard.Name);
        await AnswerForItAsync(broken);
    }

    /// <summary>Where an approver may still answer nobody breaks the glass; a partner is told and not asked; and who broke it does not answer for it.</summary>
    [Fact]
    public async Task Before_its_timer_is_over_the_glass_stays_whole_and_who_broke_it_does_not_answer_for_it()
    {
        await using var yard = await RegisterAsync("transfers");
        var bank = $"bank-of-{yard.Name}";
        await site.SendAsync(
            "mia",
            Yard.Post("/organisations", new { key = bank, name = "Partner bank", timeZone = "UTC", noticeDays = 5, silence = "Blocks" }),
            Yard.Post($"/organisations/{bank}/concerns", new { service = yard.Name, environment = _live, isRequired = true }));

        var early = await AskAsync(yard, "1.0.0", isGravest: false);
        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/deployments/{early}");
        await Expect(paul.Page.Locator("#alignment")).ToContainTextAsync("Partner bank sees it without being asked");
        await paul.Page.GotoAsync($"/deployments/{early}/decide");
        await paul.Page.GetByText("Break the glass").ClickAsync();
        await paul.Page.GetByLabel("Why it cannot wait").FillAsync("Nobody can pay.");
        await paul.Page.GetByLabel($"Type {early} to confirm").FillAsync(early);
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = $"Let {early} start" }).ClickAsync();
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("Emergency approvers are asked until");
        await Expect(paul.Page.GetByLabel("Why it cannot wait")).ToHaveValueAsync("Nobody can pay.");
        await Expect(paul.Page.Locator(".page-lead")).ToContainTextAsync("In review");

        var broken = await AskAsync(yard, "1.1.0", isGravest: true);
        await BreakTheGlassAsync(broken);
        await paul.Page.GotoAsync($"/deployments/{broken}/decide");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("broke the glass");
        await Expect(paul.Page.GetByRole(AriaRole.Button, new() { Name = "Approve afterwards" })).Not.ToBeAttachedAsync();
        await DisagreeAsync(broken);
    }

    private async Task<Yard> RegisterAsync(string name)
    {
        var yard = await Yard.RegisterAsync(site, name);
        _live = $"{yard.Name}-live";
        await yard.ModelAsync(
            "Rolling", "phases: { batches: 1 }\nsteps: [{ name: Bring it, uses: upload, with: { to: package }, timeout: 1m }]",
            $"- {{ name: Read it back, uses: check-script, with: {{ command: [grep, -q, \"${{version.label}}\", \"{yard.Root}/${{target.name}}/package\"] }}, timeout: 1m }}");
        await site.SendAsync("dora", [
            Yard.Post("/environments", new { key = _live, name = $"{yard.Name} live", tier = "Production", owner = "Dora Manager", isLive = true, order = 9 }),
            Yard.Post($"/environments/{_live}/targets", yard.Local("t-1")),
        ]);
        return yard;
    }

    private async Task DisagreeAsync(string number)
    {
        await using var otto = await site.OpenAsync("otto");
        await otto.Page.GotoAsync($"/deployments/{number}/decide");
        await otto.Page.GetByLabel("Why").First.FillAsync("One call would have been enough.");
        await otto.Page.GetByRole(AriaRole.Button, new() { Name = "I do not agree" }).ClickAsync();
        await Expect(otto.Page.Locator("main")).ToContainTextAsync("does not agree with what was started without approval");
        otto.Complaints.ShouldBeEmpty();
    }

    private async Task<string> AskAsync(Yard yard, string version, bool isGravest)
    {
        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync("/deployments");
        await paul.Page.GetByRole(AriaRole.Link, new() { Name = "Emergency" }).ClickAsync();
        await paul.Page.SelectOptionAsync("#Input_Environment", _live);
        await paul.Page.SelectOptionAsync("#Input_Version", $"{yard.Name}@{version}");
        await paul.Page.GetByLabel("What it does and why it cannot wait").FillAsync("Payments are down.");
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = "Ask the emergency approvers" }).ClickAsync();
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("Name the incident");
        await paul.Page.GetByLabel("Incident or security notice").FillAsync("INC-77");
        if (isGravest) await paul.Page.GetByLabel("It is of severity 1").CheckAsync();
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = "Ask the emergency approvers" }).ClickAsync();

        var number = await paul.Page.NumberAsync();
        await Expect(paul.Page.Locator(".page-lead")).ToContainTextAsync("In review");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("INC-77");
        paul.Complaints.ShouldBeEmpty();
        return number;
    }

    private async Task ApproveOnThePhoneAsync(string number)
    {
        await using var ana = await site.OpenAsync("ana");
        await ana.Page.SetViewportSizeAsync(375, 740);
        await ana.Page.GotoAsync("/inbox");
        await ana.Page.Locator(".inbox > li", new() { HasText = number }).GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        foreach (var seen in (string[])["Payments are down.", "INC-77", "Blast radius", "Last runs of this model", "Comes"]) await Expect(ana.Page.Locator("main")).ToContainTextAsync(seen);
        (await ana.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Approve for" }).ClickAsync();
        await Expect(ana.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        ana.Complaints.ShouldBeEmpty();
    }

    private async Task BreakTheGlassAsync(string number)
    {
        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/deployments/{number}/decide");
        await paul.Page.GetByText("Break the glass").ClickAsync();
        await paul.Page.GetByLabel("Why it cannot wait").FillAsync("Nobody can pay.");
        await paul.Page.GetByLabel($"Type {number} to confirm").FillAsync(number);
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = $"Let {number} start" }).ClickAsync();
        await Expect(paul.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("broke the glass");
        paul.Complaints.ShouldBeEmpty();
    }

    private async Task BringTheOthersLevelAsync(string number, string environment)
    {
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync($"/deployments/{number}");
        await mia.Page.GetByRole(AriaRole.Link, new() { Name = "Plan it for" }).ClickAsync();
        await Expect(mia.Page.Locator("#Input_Environment")).ToHaveValueAsync(environment);
        await Expect(mia.Page.Locator("#Input_Reason")).ToHaveValueAsync("SyncBack");
        mia.Complaints.ShouldBeEmpty();
    }

    private async Task AnswerForItAsync(string number)
    {
        await using var ana = await site.OpenAsync("ana");
        await ana.Page.GotoAsync("/inbox");
        await ana.Page.Locator(".inbox > li", new() { HasText = number }).GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await ana.Page.GetByLabel("Why").First.FillAsync("It had to be.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Approve afterwards" }).ClickAsync();
        await Expect(ana.Page.Locator("main")).ToContainTextAsync("approved afterwards");
        ana.Complaints.ShouldBeEmpty();
    }
}
