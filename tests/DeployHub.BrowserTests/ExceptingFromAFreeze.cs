using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>A freeze, an exception from it, decided on a phone, and the run that uses it (domain J1).</summary>
[TakesLong(200)]
public sealed class ExceptingFromAFreeze(Site site)
{
    [Fact]
    public async Task Nobody_starts_within_a_freeze_until_its_approver_lets_exactly_that_plan_pass()
    {
        await using var yard = await Yard.RegisterAsync(site, "frozen");
        await yard.TargetsAsync([yard.Local("one")]);
        await yard.ModelAsync("BigBang", "phases: all-at-once\nsteps: [{ name: Install, uses: script, with: { command: [\"true\"] }, timeout: 1m }]", "- { name: Read it back, uses: check-script, with: { command: [\"true\"] }, timeout: 1m }");
        var number = await yard.PlanAsync("1.0.0");
        await DeclareAsync(yard);

        await IsRefusedAsync(number);
        await AskAsync(number);
        await GrantOnThePhoneAsync(number);
        await using var run = await site.StartAsync(number);
        await Expect(run.Page.Locator("#conditions")).ToContainTextAsync("Paul stays online until 17:00");
        await run.Page.SeesAsync("Succeeded");
        await UsedAsync(number);
    }

    /// <summary>The variants of J1: an edit after the grant, and a no.</summary>
    [Fact]
    public async Task An_edit_voids_what_was_granted_and_a_no_sends_the_deployment_to_the_slot_that_was_kept()
    {
        await using var yard = await Yard.RegisterAsync(site, "thawing");
        await yard.TargetsAsync([yard.Local("one"), yard.Local("two")]);
        await yard.ModelAsync("BigBang", "phases: all-at-once\nsteps: [{ name: Install, uses: script, with: { command: [\"true\"] }, timeout: 1m }]", "- { name: Read it back, uses: check-script, with: { command: [\"true\"] }, timeout: 1m }");
        var (start, end) = (DateTime.UtcNow.AddHours(1), DateTime.UtcNow.AddHours(2));
        var number = await site.PlanAsync($"/deployments/new?Input.Environment={yard.Name}&Input.Versions={yard.Name}@1.0.0&Input.Model={yard.Name}&Input.SlotStart={start:yyyy-MM-ddTHH:mm}&Input.SlotEnd={end:yyyy-MM-ddTHH:mm}");
        await DeclareAsync(yard);

        await AskAsync(number);
        await GrantOnThePhoneAsync(number);
        await TakeOneTargetOutAsync(number);

        await AskAsync(number);
        await RefuseOnThePhoneAsync(number);
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator("main")).ToContainTextAsync("which was reserved when exception");
        mia.Complaints.ShouldBeEmpty();
    }

    /// <summary>The other variant of J1: whoever could decide is silent. Nothing starts, and it goes to the slot that was kept.</summary>
    [Fact]
    public async Task Silence_until_the_slot_sends_the_deployment_to_the_slot_that_was_kept()
    {
        await using var yard = await Yard.RegisterAsync(site, "unheard");
        await yard.TargetsAsync([yard.Local("one")]);
        await yard.ModelAsync("BigBang", "phases: all-at-once\nsteps: [{ name: Install, uses: script, with: { command: [\"true\"] }, timeout: 1m }]", "- { name: Read it back, uses: check-script, with: { command: [\"true\"] }, timeout: 1m }");
        var start = DateTime.UtcNow.AddMinutes(3);
        var number = await site.PlanAsync($"/deployments/new?Input.Environment={yard.Name}&Input.Versions={yard.Name}@1.0.0&Input.Model={yard.Name}&Input.SlotStart={start:yyyy-MM-ddTHH:mm}&Input.SlotEnd={start.AddHours(1):yyyy-MM-ddTHH:mm}");
        await DeclareAsync(yard);
        await AskAsync(number);

        await using var mia = await site.OpenAsync("mia");
        await mia.Page.ComesToReadAsync($"/deployments/{number}", "main", "which was reserved when exception", seconds: 220);
        await Expect(mia.Page.Locator("section", new() { HasText = "Exceptions from freezes" })).ToContainTextAsync("Expired");
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        await mia.Page.Locator("section", new() { HasText = "Exceptions from freezes" }).GetByRole(AriaRole.Link, new() { Name = "EXC-" }).ClickAsync();
        await Expect(mia.Page.Locator("main")).ToContainTextAsync("Nobody decided by");
        await IsRefusedAsync(number);
        mia.Complaints.ShouldBeEmpty();
    }

    private async Task TakeOneTargetOutAsync(string number)
    {
        await using var mia = await site.OpenAsync("mia");
        var page = mia.Page;
        await page.GotoAsync($"/deployments/{number}/edit");
        await page.GetByLabel("two", new() { Exact = true }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).First.ClickAsync();
        await page.GotoAsync($"/deployments/{number}");
        await Expect(page.Locator("section", new() { HasText = "Exceptions from freezes" })).ToContainTextAsync("Void");
    }

    private async Task RefuseOnThePhoneAsync(string number)
    {
        await using var ana = await site.OpenAsync("ana");
        var phone = ana.Page;
        await phone.SetViewportSizeAsync(375, 740);
        await phone.GotoAsync("/inbox");
        await phone.Locator(".inbox > li", new() { HasText = "asks for an exception from “Weekend”" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(phone.Locator("#reserved")).ToContainTextAsync("is free and reserved");
        await phone.GetByLabel("Comment").FillAsync("The evening will do");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();
        await Expect(phone.Locator(".page-lead")).ToContainTextAsync("Refused");
        ana.Complaints.ShouldBeEmpty();
    }

    private async Task DeclareAsync(Yard yard)
    {
        await using var dora = await site.OpenAsync("dora");
        var page = dora.Page;
        await page.GotoAsync($"/calendar/freezes/new?environment={yard.Name}");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Weekend");
        await page.GetByLabel("Reason").FillAsync("Reduced staffing");
        await page.GetByLabel("First one starts").FillAsync($"{DateTime.UtcNow.AddHours(-1):yyyy-MM-ddTHH:mm}");
        await page.GetByLabel("First one ends").FillAsync($"{DateTime.UtcNow.AddHours(9):yyyy-MM-ddTHH:mm}");
        await page.GetByLabel("Or one person").FillAsync("ana@demo.deployhub");
        await page.GetByLabel("Time zone").FillAsync("UTC");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show when that is" }).ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("UTC");
        await page.GetByRole(AriaRole.Button, new() { Name = "Declare the freeze" }).ClickAsync();
        await Expect(page.Locator(".page-lead")).ToContainTextAsync("Frozen");
        dora.Complaints.ShouldBeEmpty();
    }

    /// <summary>At the page as at the API, for the practitioner as for the manager; an administrator starts nothing anyway.</summary>
    private async Task IsRefusedAsync(string number)
    {
        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/deployments/{number}");
        await Expect(paul.Page.GetByRole(AriaRole.Button, new() { Name = "Start in" })).ToBeDisabledAsync();
        await Expect(paul.Page.Locator(".gates")).ToContainTextAsync("Frozen by “Weekend” (Reduced staffing)");
        foreach (var (person, refusal) in new[] { ("paul", 409), ("dora", 409), ("adam", 403) }) (await StartAsync(person, number)).ShouldBe(refusal, person);
    }

    private async Task<int> StartAsync(string person, string number)
    {
        await using var tab = await site.OpenAsync(person);
        await tab.Page.GotoAsync("/account");
        return await tab.Page.EvaluateAsync<int>("async number => (await fetch(`/api/v1/deployments/${number}/runs`, { method: 'POST', headers: { 'X-Antiforgery': document.querySelector('[name=__RequestVerificationToken]').value } })).status", number);
    }

    private async Task AskAsync(string number)
    {
        await using var mia = await site.OpenAsync("mia");
        var page = mia.Page;
        await page.GotoAsync($"/deployments/{number}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ask for an exception" }).ClickAsync();
        await page.GetByLabel("Why it cannot wait").FillAsync("The regulatory file is due on Saturday");
        await page.GetByLabel("What waiting would cost").FillAsync("A fine");
        await page.GetByLabel("On call").FillAsync("Paul until 20:00");
        await page.GetByLabel("Rollback takes").FillAsync("6");
        await page.GetByLabel("Over by").FillAsync($"{DateTime.UtcNow.AddHours(3):yyyy-MM-ddTHH:mm}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for the exception" }).ClickAsync();
        await Expect(page.Locator(".page-lead")).ToContainTextAsync("Requested");
        mia.Complaints.ShouldBeEmpty();
    }

    private async Task GrantOnThePhoneAsync(string number)
    {
        await using var ana = await site.OpenAsync("ana");
        var phone = ana.Page;
        await phone.SetViewportSizeAsync(375, 740);
        await phone.GotoAsync("/inbox");
        await phone.Locator(".inbox > li", new() { HasText = "asks for an exception from “Weekend”" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(phone.Locator("main")).ToContainTextAsync("The regulatory file is due on Saturday");
        await phone.GetByRole(AriaRole.Textbox, new() { Name = "Condition" }).FillAsync("Paul stays online until 17:00");
        await phone.GetByRole(AriaRole.Button, new() { Name = $"Let {number} pass" }).ClickAsync();
        await Expect(phone.Locator(".page-lead")).ToContainTextAsync("Granted");
        ana.Complaints.ShouldBeEmpty();
    }

    private async Task UsedAsync(string number)
    {
        await using var paul = await site.OpenAsync("paul");
        var page = paul.Page;
        await page.GotoAsync($"/deployments/{number}");
        await page.Locator("#conditions").GetByLabel("How it was met").FillAsync("Paul was online all the time");
        await page.Locator("#conditions").GetByRole(AriaRole.Button, new() { Name = "It is met" }).ClickAsync();
        await Expect(page.Locator("#conditions")).ToContainTextAsync("Paul was online all the time");
        await page.GotoAsync($"/deployments/{number}");
        await page.Locator("section", new() { HasText = "Exceptions from freezes" }).GetByRole(AriaRole.Link, new() { Name = "EXC-" }).ClickAsync();
        await Expect(page.Locator(".page-lead")).ToContainTextAsync("Used");
        await Expect(page.Locator("main")).ToContainTextAsync("Met, says");
    }
}
