using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>A partner bank has to agree, answers on a phone without an account, and is asked anew when the version changes (domain J10).</summary>
[IntegrationTests.Hub.TakesLong(70)]
public sealed class AligningWithAPartner(ClockedSite site) : IClassFixture<ClockedSite>
{
    /// <summary>A Tuesday in two weeks or three.</summary>
    private readonly DateTime _day = Enumerable.Range(14, 7).Select(days => site.Now.UtcDateTime.Date.AddDays(days)).First(day => day.DayOfWeek is DayOfWeek.Tuesday);

    [Fact]
    public async Task The_bank_agrees_with_a_condition_the_slot_meets_it_and_another_version_asks_anew()
    {
        await using var yard = await Yard.RegisterAsync(site, "payments");
        var bank = await RegisterAsync(yard);
        var number = await PlanAsync(yard);
        await using var mia = await site.OpenAsync("mia");
        await DescribeAsync(mia.Page, number);
        await ApproveAsync(number, yard.Name);
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync("Pending");

        await using var petra = await ByLinkAsync(mia.Page, number);
        await Expect(petra.Page.Locator(".ask")).ToContainTextAsync("Payment files have a new field.");
        await petra.Page.GetByText("Agree with conditions", new() { Exact = true }).ClickAsync();
        await petra.Page.GetByLabel("Not before").FillAsync("06:30");
        await petra.Page.GetByRole(AriaRole.Button, new() { Name = "Agree with these conditions" }).ClickAsync();
        await Expect(petra.Page.Locator("#answered")).ToContainTextAsync("Not met yet");
        await AddFreezeAsync(petra.Page, "Year end", At(0, 0, 60), At(0, 0, 63));

        await MoveAsync(mia.Page, number, At(6, 45), At(7, 45));
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync("Met");
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");

        await mia.Page.GotoAsync($"/deployments/{number}/edit");
        await mia.Page.SelectOptionAsync($"#version-{yard.Name}", $"{yard.Name}@1.1.0");
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync("Superseded");
        await petra.Page.ReloadAsync();
        await Expect(petra.Page.Locator(".ask .notice li").First).ToContainTextAsync("1.1.0 comes instead of");
        await AgreeAsync(petra.Page);

        await ApproveAsync(number, yard.Name);
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator(".gates")).ToContainTextAsync("Partner bank agrees.");
        await mia.Page.GotoAsync($"/partners/{bank}");
        await Expect(mia.Page.Locator("#freezes")).ToContainTextAsync("Year end");
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync(number);
        mia.Complaints.ShouldBeEmpty();
        petra.Complaints.ShouldBeEmpty();
    }

    /// <summary>They say of themselves that nothing may happen then: the calendar shows it, the gate names it, and whoever is asked once more may object.</summary>
    [Fact]
    public async Task The_bank_freezes_the_day_the_gate_says_so_and_asked_once_more_it_objects()
    {
        await using var yard = await Yard.RegisterAsync(site, "clearing");
        var bank = await RegisterAsync(yard);
        var number = await PlanAsync(yard);
        await using var mia = await site.OpenAsync("mia");
        await using var petra = await ByLinkAsync(mia.Page, number);
        await AgreeAsync(petra.Page);
        await AddFreezeAsync(petra.Page, "Closing", At(0, 0), At(0, 0, 1));

        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator(".gates").First).ToContainTextAsync("Partner bank has its own freeze “Closing”");
        await mia.Page.GotoAsync($"/calendar?look=gantt&date={_day:yyyy-MM-dd}&environment={yard.Name}");
        await Expect(mia.Page.Locator(".ground-partner").First).ToBeAttachedAsync();
        await Expect(mia.Page.Locator(".calendar-key")).ToContainTextAsync("Partner’s freeze");

        await mia.Page.GotoAsync($"/deployments/{number}/alignment");
        await mia.Page.GetByText("Ask Partner bank again").ClickAsync();
        await mia.Page.FillAsync("#again-1", "They have a freeze then");
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();
        await petra.Page.ReloadAsync();
        await ObjectAsync(petra.Page, number);
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync("Objected");
        await mia.Page.GotoAsync("/partners");
        await Expect(mia.Page.Locator("#over-time")).ToBeVisibleAsync();
        await Expect(mia.Page.Locator(".alignment-over-time table")).ToContainTextAsync("Objected");
        await TakeBackAsync(petra.Page, "Closing");
        await mia.Page.GotoAsync($"/partners/{bank}");
        await Expect(mia.Page.Locator("#freezes")).ToContainTextAsync("Closing");
        await Expect(mia.Page.Locator("#freezes")).ToContainTextAsync("Ended by Petra (Partner bank), by a link that Mia Planner made");
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator(".gates").First).Not.ToContainTextAsync("has its own freeze");
        mia.Complaints.ShouldBeEmpty();
        petra.Complaints.ShouldBeEmpty();
    }

    /// <summary>Whoever has an account here answers in the product, on a phone, and both the account and the name are kept.</summary>
    [Fact]
    public async Task A_contact_with_an_account_answers_in_the_inbox_with_a_condition_that_mia_meets()
    {
        await using var yard = await Yard.RegisterAsync(site, "lending");
        var bank = await RegisterAsync(yard);
        var vera = $"vera-{yard.Name}";
        await site.GetInAsync($"{vera}@demo.deployhub", "Vera Bank");
        await site.SendAsync("adam", Yard.Post("/role-grants", new { email = $"{vera}@demo.deployhub", role = "Stakeholder" }));
        await site.SendAsync("mia", Yard.Post($"/organisations/{bank}/contacts", new { name = "Vera Bank", email = $"{vera}@demo.deployhub" }));
        var number = await PlanAsync(yard);

        await using var phone = await site.OpenAsync(vera);
        await phone.Page.SetViewportSizeAsync(375, 800);
        await phone.Page.GotoAsync("/inbox");
        await phone.Page.Locator(".inbox > li", new() { HasText = number }).GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Expect(phone.Page.Locator(".needs-you")).ToContainTextAsync("Do you agree for Partner bank?");
        (await phone.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
        await phone.Page.GetByText("Agree with conditions", new() { Exact = true }).ClickAsync();
        await phone.Page.GetByLabel("Other conditions").FillAsync("Somebody calls us when it is done");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Agree with these conditions" }).ClickAsync();
        await Expect(phone.Page.Locator("#alignment")).ToContainTextAsync("Vera Bank, signed in,");

        await ApproveAsync(number, yard.Name);
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator(".gates")).ToContainTextAsync("Somebody calls us when it is done");
        await mia.Page.GetByRole(AriaRole.Link, new() { Name = "Say how it is met" }).First.ClickAsync();
        await mia.Page.GetByLabel("How it was met").FillAsync("Paul calls them");
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "It is met" }).ClickAsync();
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator(".gates")).ToContainTextAsync("Partner bank agrees");
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        mia.Complaints.ShouldBeEmpty();
        phone.Complaints.ShouldBeEmpty();
    }

    /// <summary>It takes two, neither of whom planned it: what one of them says changes nothing yet.</summary>
    [Fact]
    public async Task An_objection_is_overridden_by_a_manager_and_the_service_owner_together()
    {
        await using var yard = await Yard.RegisterAsync(site, "ledger");
        await RegisterAsync(yard);
        var number = await PlanAsync(yard);
        await using var mia = await site.OpenAsync("mia");
        await using var petra = await ByLinkAsync(mia.Page, number);
        await ObjectAsync(petra.Page, number);
        await ApproveAsync(number, yard.Name);

        await OverrideAsync("dora", number, "The books of the others are open");
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync("Objected");
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync("Dora Manager goes on as deployment manager");
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("In review");

        await OverrideAsync("otto", number, "We cannot wait for the end of the year");
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync("Overridden");
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync("Otto Owner goes on as service owner");
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        mia.Complaints.ShouldBeEmpty();
        petra.Complaints.ShouldBeEmpty();
    }

    /// <summary>At a medium risk their silence holds the plan. Mia calls, and what they say on the phone stands with her name.</summary>
    [Fact]
    public async Task A_bank_that_stays_silent_holds_the_plan_until_it_answers_on_the_phone()
    {
        await using var yard = await Yard.RegisterAsync(site, "silent");
        await RegisterAsync(yard);
        var number = await PlanAsync(yard);
        site.Advance(_day - site.Now.UtcDateTime); // a few hours before the slot: their notice is over
        await ApproveAsync(number, yard.Name);

        await using var mia = await site.OpenAsync("mia");
        await mia.Page.ComesToReadAsync($"/deployments/{number}", "#alignment", "No response", seconds: 20);
        await Expect(mia.Page.Locator(".gates")).ToContainTextAsync("Partner bank");
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("In review");

        await mia.Page.GetByText("Record what Partner bank said").ClickAsync();
        await mia.Page.GetByLabel("Who said it").FillAsync("Petra");
        await mia.Page.GetByLabel("How", new() { Exact = true }).SelectOptionAsync("Phone");
        await mia.Page.GetByLabel("What they said").SelectOptionAsync("Agree");
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "Record the answer of Partner bank" }).ClickAsync();
        await Expect(mia.Page.Locator("#alignment")).ToContainTextAsync("Petra, by phone, recorded by Mia Planner");
        await Expect(mia.Page.Locator(".gates")).ToContainTextAsync("Partner bank agrees");
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        mia.Complaints.ShouldBeEmpty();
    }

    /// <summary>Answers the bank's key. The environment becomes live, so that somebody has to approve.</summary>
    private async Task<string> RegisterAsync(Yard yard)
    {
        var bank = $"bank-of-{yard.Name}";
        await yard.TargetsAsync([yard.Local("web")]);
        await yard.ModelAsync(
            "BigBang", "phases: all-at-once\nsteps: [{ name: Bring it, uses: upload, with: { to: package }, timeout: 1m }]",
            "- { name: Ask it, uses: check-script, with: { command: [test, -d, .] }, timeout: 1m }");
        await site.SendAsync("dora", ("PUT", $"/environments/{yard.Name}", $$"""{"name":"{{yard.Name}}","owner":"Dora Manager","isLive":true,"order":9}"""));
        await site.SendAsync(
            "mia",
            Yard.Post("/organisations", new { key = bank, name = "Partner bank", timeZone = "UTC", noticeDays = 5, silence = "BlocksFromMediumRisk" }),
            Yard.Post($"/organisations/{bank}/contacts", new { name = "Petra", email = $"petra@{yard.Name}.example" }),
            Yard.Post($"/organisations/{bank}/concerns", new { service = yard.Name, environment = yard.Name, isRequired = true, fromRisk = "Medium" }));
        return bank;
    }

    private Task<string> PlanAsync(Yard yard) => site.PlanAsync(
        $"/deployments/new?Input.Environment={yard.Name}&Input.Versions={yard.Name}@1.0.0&Input.Model={yard.Name}&Input.SlotStart={At(6, 0)}&Input.SlotEnd={At(7, 0)}");

    private async Task OverrideAsync(string person, string number, string why)
    {
        await using var decider = await site.OpenAsync(person);
        await decider.Page.GotoAsync($"/deployments/{number}/alignment");
        await decider.Page.GetByText("Go on against the objection").ClickAsync();
        await decider.Page.GetByLabel("Why it goes on").FillAsync(why);
        await decider.Page.GetByRole(AriaRole.Button, new() { Name = "Override the objection of Partner bank" }).ClickAsync();
        await Expect(decider.Page.Locator("#flash")).ToContainTextAsync("Your decision is recorded");
        decider.Complaints.ShouldBeEmpty();
    }

    private static async Task DescribeAsync(IPage page, string number)
    {
        await page.GotoAsync($"/deployments/{number}");
        await page.GetByText("Write what changes for them").ClickAsync();
        await page.FillAsync("#Input_Changes", "Payment files have a new field.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the text" }).ClickAsync();
        await Expect(page.Locator("#alignment")).ToContainTextAsync("Payment files have a new field.");
    }

    /// <summary>Mia makes a link, and Petra opens it on a phone, without script; there she answers.</summary>
    private async Task<Tab> ByLinkAsync(IPage planner, string number)
    {
        await planner.GotoAsync($"/deployments/{number}");
        await planner.GetByRole(AriaRole.Button, new() { Name = "Make a link for Petra" }).ClickAsync();
        var petra = await site.OpenAsync(null, script: false);
        await petra.Page.SetViewportSizeAsync(375, 800);
        await petra.Page.GotoAsync(await planner.Locator("#made-link code").InnerTextAsync());
        return petra;
    }

    private static async Task AgreeAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Agree", Exact = true }).ClickAsync();
        await Expect(page.Locator("#answered")).ToContainTextAsync("Agreed");
    }

    private static async Task ObjectAsync(IPage page, string number)
    {
        await page.GetByText("Object", new() { Exact = true }).ClickAsync();
        await page.Locator(".ask textarea[name='Answer.Words']").FillAsync("Our books are closed then.");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Object to {number}" }).ClickAsync();
        await Expect(page.Locator("#answered")).ToContainTextAsync("Our books are closed then.");
    }

    private static async Task AddFreezeAsync(IPage page, string name, string start, string end)
    {
        await page.GetByText("Add a freeze").ClickAsync();
        await page.FillAsync("#Freeze_Name", name);
        await page.FillAsync("#Freeze_Start", start);
        await page.FillAsync("#Freeze_End", end);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the freeze" }).ClickAsync();
        await Expect(page.Locator("#freezes")).ToContainTextAsync(name);
    }

    private static async Task TakeBackAsync(IPage page, string name)
    {
        await page.GetByText("Take it back").ClickAsync();
        await page.Locator("#freezes").GetByLabel("Why").FillAsync("The books are closed a week later");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Take “{name}” back" }).ClickAsync();
        await Expect(page.Locator("#freezes")).Not.ToContainTextAsync(name);
    }

    private static async Task MoveAsync(IPage page, string number, string start, string end)
    {
        await page.GotoAsync($"/deployments/{number}/edit");
        await page.FillAsync("#Input_SlotEnd", end);
        await page.FillAsync("#Input_SlotStart", start);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();
        await Expect(page.Locator("h1")).Not.ToHaveTextAsync("Edit the plan");
    }

    private async Task ApproveAsync(string number, string environment)
    {
        foreach (var person in (string[])["ana", "otto"]) // a first deployment with a model is of medium risk
        {
            await using var approver = await site.OpenAsync(person);
            await approver.Page.GotoAsync($"/deployments/{number}");
            await approver.Page.GetByRole(AriaRole.Button, new() { Name = $"Approve for {environment}" }).ClickAsync();
            await Expect(approver.Page.Locator("#flash")).ToContainTextAsync("You approved");
        }
    }

    private string At(int hour, int minute, int daysLater = 0) => _day.AddDays(daysLater).AddHours(hour).AddMinutes(minute).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
