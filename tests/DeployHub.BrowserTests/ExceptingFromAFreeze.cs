using System.Globalization;
using System.Text.Json;
using DeployHub.Domain;
using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>
/// Journey J1 on a Friday in Stockholm: a plan that will not be over before the weekend's freeze, the exception from it, decided on a phone, and the run
/// that uses it. The clock goes ahead; nobody waits.
/// </summary>
[TakesLong(80)]
public sealed class ExceptingFromAFreeze(ClockedSite site) : IClassFixture<ClockedSite>
{
    private const string Zone = "Europe/Stockholm";

    private DateTime _friday;

    [Fact]
    public async Task What_will_not_finish_before_the_freeze_says_so_passes_by_an_exception_and_is_said_to_be_a_habit()
    {
        await using var yard = await FridayAsync("frozen");
        await ExceptedBeforeAsync(yard, days: 1);
        await ExceptedBeforeAsync(yard, days: 2);
        var number = await PlanAsync(yard);
        await IsInTimeAsync(number);

        Until(14, 20);
        await IsLateAsync(yard, number);
        await AskAsync(number);
        await GrantOnThePhoneAsync(number, habit: $"The 3rd exception from a freeze in 90 days for {yard.Name}: plan its slots earlier");
        await IsInTimeAsync(number);

        Until(14, 58);
        await using (var mia = await site.OpenAsync("mia")) await mia.Page.ComesToReadAsync($"/deployments/{number}", "main", "The slot passed without a start", seconds: 20); // a worker says so in this moment
        await using (var run = await site.StartAsync(number))
        {
            await Expect(run.Page.Locator("#conditions")).ToContainTextAsync("Paul stays online until 17:00");
            await Expect(run.Page.Locator(".step-list > li:has([data-state=running])", new() { HasText = "Let it settle" })).ToHaveCountAsync(2);
        }

        Until(15, 31);
        await UsedAsync(number);
    }

    /// <summary>The variants of J1: an edit after the grant, of which whoever granted it is told, and a no.</summary>
    [Fact]
    public async Task An_edit_voids_what_was_granted_and_a_no_sends_the_deployment_to_the_slot_that_was_kept()
    {
        await using var yard = await FridayAsync("thawing");
        var number = await PlanAsync(yard);
        Until(14, 20);

        await AskAsync(number);
        await GrantOnThePhoneAsync(number);
        await TakeOneTargetOutAsync(number);
        await using (var ana = await site.OpenAsync("ana")) await ana.Page.ComesToReadAsync("/notices", "main", "is void: Mia Planner edited the plan");

        await AskAsync(number);
        await RefuseOnThePhoneAsync();
        await WentToMondayAsync(number);
    }

    /// <summary>The other variant: whoever could decide is silent. It goes to the slot that was kept; and what nobody asked about starts for nobody.</summary>
    [Fact]
    public async Task Silence_until_the_freeze_sends_it_to_the_slot_that_was_kept_and_nothing_starts_without_an_exception()
    {
        await using var yard = await FridayAsync("unheard");
        var unasked = await yard.PlanAsync("1.1.0");
        var number = await PlanAsync(yard);
        Until(14, 20);
        await AskAsync(number);

        Until(15, 0);
        await IsRefusedAsync(unasked);
        await WentToMondayAsync(number);
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(Exceptions(mia.Page)).ToContainTextAsync("Expired");
        await Exceptions(mia.Page).GetByRole(AriaRole.Link, new() { Name = "EXC-" }).ClickAsync();
        await Expect(mia.Page.Locator("main")).ToContainTextAsync("Nobody decided by");
        mia.Complaints.ShouldBeEmpty();
    }

    /// <summary>At noon of the next Friday that comes, with a freeze from 15:00 to Monday 07:00. A run takes 42 minutes by what its steps say.</summary>
    private async Task<Yard> FridayAsync(string name)
    {
        _friday = WallTime.In(site.Now, Zone).Date.AddDays(1);
        while (_friday.DayOfWeek is not DayOfWeek.Friday) _friday = _friday.AddDays(1);
        Until(12, 0);

        var yard = await Yard.RegisterAsync(site, name);
        await yard.TargetsAsync([yard.Local("one"), yard.Local("two")]);
        await yard.ModelAsync(
            "BigBang", """
            phases: all-at-once
            steps:
              - { name: Install, uses: script, with: { command: ["true"] }, timeout: 9m }
              - { name: Let it settle, uses: wait, with: { for: 30m }, timeout: 40m }
            """, "- { name: Read it back, uses: check-script, with: { command: [\"true\"] }, timeout: 1m }");
        await DeclareAsync(yard);
        return yard;
    }

    private async Task DeclareAsync(Yard yard)
    {
        await using var dora = await site.OpenAsync("dora");
        var page = dora.Page;
        await page.GotoAsync($"/calendar/freezes/new?environment={yard.Name}");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Weekend");
        await page.GetByLabel("Reason").FillAsync("Reduced staffing");
        await page.GetByLabel("First one starts").FillAsync(Typed(_friday.AddHours(15)));
        await page.GetByLabel("First one ends").FillAsync(Typed(_friday.AddDays(3).AddHours(7)));
        await page.GetByLabel("Or one person").FillAsync("ana@demo.deployhub");
        await page.GetByLabel("Time zone").FillAsync(Zone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show when that is" }).ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync(Zone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Declare the freeze" }).ClickAsync();
        await Expect(page.Locator(".page-lead")).ToContainTextAsync("Declared");
        dora.Complaints.ShouldBeEmpty();
    }

    /// <summary>Mia plans it for 13:30 to 14:30.</summary>
    private Task<string> PlanAsync(Yard yard) => site.PlanAsync(
        $"/deployments/new?Input.Environment={yard.Name}&Input.Versions={yard.Name}@1.0.0&Input.Model={yard.Name}&Input.SlotStart={Utc(13, 30)}&Input.SlotEnd={Utc(14, 30)}");

    /// <summary>Another plan of the service was excepted from this weekend's freeze.</summary>
    private async Task ExceptedBeforeAsync(Yard yard, int days)
    {
        var freeze = (await yard.ReadAsync($"/freezes?environment={yard.Name}")).EnumerateArray().Single().GetProperty("number").GetString();
        var deployment = await CreateAsync("mia", "/deployments", new
        {
            plan = new { environment = yard.Name, versions = new[] { $"{yard.Name}@1.1.0" }, model = yard.Name, slotStart = $"{Utc(9, 0, days)}Z", slotEnd = $"{Utc(10, 0, days)}Z" },
        });
        var exception = await CreateAsync("mia", "/freeze-exceptions", new
        {
            deployment,
            freeze,
            justification = "The file is due",
            impact = "A fine",
            onCall = "Paul",
            rollbackMinutes = 6,
            until = $"{Utc(12, 0, days)}Z",
        });
        await site.SendAsync("ana", Yard.Post($"/freeze-exceptions/{exception}/grant", new { until = $"{Utc(12, 0, days)}Z" }));
    }

    private async Task<string> CreateAsync(string person, string path, object body) =>
        JsonDocument.Parse(await site.SendAsync(person, Yard.Post(path, body))).RootElement.GetProperty("key").GetString()!;

    private async Task IsInTimeAsync(string number)
    {
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync($"/deployments/{number}");
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        await Expect(mia.Page.Locator("#in-the-way")).Not.ToBeAttachedAsync();
        mia.Complaints.ShouldBeEmpty();
    }

    /// <summary>Step 1: the banner, with ways out that lead to forms; the same at the API.</summary>
    private async Task IsLateAsync(Yard yard, string number)
    {
        await using var mia = await site.OpenAsync("mia");
        var page = mia.Page;
        await page.GotoAsync($"/deployments/{number}");
        var banner = page.Locator("section", new() { Has = page.Locator("#in-the-way") });
        await Expect(banner).ToContainTextAsync($"Will not finish before the freeze “Weekend” at {Said(15, 0)} {Zone} (needs about 42 min, p85).");
        (await yard.ReadAsync($"/deployments/{number}/calendar")).GetProperty("late").GetProperty("name").GetString().ShouldBe("Weekend");
        await Expect(banner.GetByRole(AriaRole.Link, new() { Name = "Ask for an exception" })).ToBeVisibleAsync();
        await banner.GetByRole(AriaRole.Link, new() { Name = Said(7, 0, 3) }).ClickAsync();
        await Expect(page.Locator("#SlotStart")).ToHaveValueAsync(Utc(7, 0, 3));
        await Expect(page.Locator("#SlotEnd")).ToHaveValueAsync(Utc(8, 0, 3));
        await Expect(page.Locator("#move-verdict")).ToContainTextAsync("Allowed then");
        mia.Complaints.ShouldBeEmpty();
    }

    /// <summary>Step 2.</summary>
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
        await page.GetByLabel("Over by").FillAsync(Utc(18, 0));
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for the exception" }).ClickAsync();
        await Expect(page.Locator(".page-lead")).ToContainTextAsync("Requested");
        mia.Complaints.ShouldBeEmpty();
    }

    /// <summary>Steps 3 and 4.</summary>
    private async Task GrantOnThePhoneAsync(string number, string? habit = null)
    {
        await using var ana = await site.OpenAsync("ana");
        var phone = await OnThePhoneAsync(ana);
        await Expect(phone.Locator("main")).ToContainTextAsync("The regulatory file is due on Saturday");
        await Expect(phone.Locator("#reserved")).ToContainTextAsync("is free and reserved");
        await Expect(phone.Locator(".risk-mini")).ToContainTextAsync("of 21");
        if (habit is not null) await Expect(phone.Locator("#habit")).ToContainTextAsync(habit);
        await phone.GetByRole(AriaRole.Textbox, new() { Name = "Condition" }).FillAsync("Paul stays online until 17:00");
        await phone.GetByRole(AriaRole.Button, new() { Name = $"Let {number} pass" }).ClickAsync();
        await Expect(phone.Locator(".page-lead")).ToContainTextAsync("Granted");
        ana.Complaints.ShouldBeEmpty();
    }

    private async Task RefuseOnThePhoneAsync()
    {
        await using var ana = await site.OpenAsync("ana");
        var phone = await OnThePhoneAsync(ana);
        await phone.GetByLabel("Comment").FillAsync("Monday will do");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();
        await Expect(phone.Locator(".page-lead")).ToContainTextAsync("Refused");
        ana.Complaints.ShouldBeEmpty();
    }

    private static async Task<IPage> OnThePhoneAsync(Tab ana)
    {
        await ana.Page.SetViewportSizeAsync(375, 740);
        await ana.Page.GotoAsync("/inbox");
        await ana.Page.Locator(".inbox > li", new() { HasText = "asks for an exception from “Weekend”" }).GetByRole(AriaRole.Link).First.ClickAsync();
        return ana.Page;
    }

    /// <summary>Steps 6 and 7: the run is over within the expiry, and the record has the freeze, the exception, its condition and the habit.</summary>
    private async Task UsedAsync(string number)
    {
        await using var paul = await site.OpenAsync("paul");
        var page = paul.Page;
        await page.GotoAsync($"/deployments/{number}/runs/1");
        await page.SeesAsync("Succeeded", 20);
        await page.GotoAsync($"/deployments/{number}");
        await page.Locator("#conditions").GetByLabel("How it was met").FillAsync("Paul was online all the time");
        await page.Locator("#conditions").GetByRole(AriaRole.Button, new() { Name = "It is met" }).ClickAsync();
        await Expect(page.Locator("#conditions")).ToContainTextAsync("Paul was online all the time");
        await page.GotoAsync($"/deployments/{number}");
        await Exceptions(page).GetByRole(AriaRole.Link, new() { Name = "EXC-" }).ClickAsync();
        await Expect(page.Locator(".page-lead")).ToContainTextAsync("Used");
        await Expect(page.Locator("main")).ToContainTextAsync("Met, says");
        await page.GotoAsync($"/records/{number}");
        foreach (var told in (string[])["asked for exception", "with the condition: Paul stays online", "goes on by exception", "as met", "The 3rd exception from a freeze"])
            await Expect(page.Locator(".timeline").First).ToContainTextAsync(told);
        paul.Complaints.ShouldBeEmpty();
    }

    private async Task TakeOneTargetOutAsync(string number)
    {
        await using var mia = await site.OpenAsync("mia");
        var page = mia.Page;
        await page.GotoAsync($"/deployments/{number}/edit");
        await page.GetByLabel("two", new() { Exact = true }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).First.ClickAsync();
        await Expect(page.Locator("h1")).Not.ToHaveTextAsync("Edit the plan");
        await page.GotoAsync($"/deployments/{number}");
        await Expect(Exceptions(page)).ToContainTextAsync("Void");
        mia.Complaints.ShouldBeEmpty();
    }

    private async Task WentToMondayAsync(string number)
    {
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.ComesToReadAsync($"/deployments/{number}", "main", "which was reserved when exception", seconds: 20);
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("Scheduled");
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync($"{At(7, 0, 3).UtcDateTime.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture)} UTC");
        mia.Complaints.ShouldBeEmpty();
    }

    /// <summary>At the page as at the API, for the practitioner as for the manager; an administrator starts nothing anyway.</summary>
    private async Task IsRefusedAsync(string number)
    {
        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/deployments/{number}");
        await Expect(paul.Page.GetByRole(AriaRole.Button, new() { Name = "Start in" })).ToBeDisabledAsync();
        await Expect(paul.Page.Locator(".gates")).ToContainTextAsync("Frozen by “Weekend” (Reduced staffing)");
        foreach (var (person, refusal) in new[] { ("paul", "409 FreezeActive"), ("dora", "409 FreezeActive"), ("adam", "403 access.not-permitted") }) (await StartAsync(person, number)).ShouldBe(refusal, person);
    }

    private async Task<string> StartAsync(string person, string number)
    {
        await using var tab = await site.OpenAsync(person);
        await tab.Page.GotoAsync("/account");
        return await tab.Page.EvaluateAsync<string>(
            """
            async number => {
              const answer = await fetch(`/api/v1/deployments/${number}/runs`, { method: 'POST', headers: { 'X-Antiforgery': document.querySelector('[name=__RequestVerificationToken]').value } });
              return `${answer.status} ${(await answer.json()).code}`;
            }
            """, number);
    }

    private static ILocator Exceptions(IPage page) => page.Locator("section", new() { HasText = "Exceptions from freezes" });

    private void Until(int hour, int minute) => site.Advance(At(hour, minute) - site.Now);

    private DateTimeOffset At(int hour, int minute, int daysLater = 0) => WallTime.First(_friday.AddDays(daysLater).AddHours(hour).AddMinutes(minute), Zone);

    private string Said(int hour, int minute, int daysLater = 0) => WallTime.Said(At(hour, minute, daysLater), Zone);

    private string Utc(int hour, int minute, int daysLater = 0) => Typed(At(hour, minute, daysLater).UtcDateTime);

    private static string Typed(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
