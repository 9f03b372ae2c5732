using System.Globalization;
using System.Text.RegularExpressions;
using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>
/// Journey J5: an emergency at night. An approver decides on a phone; another time nobody answers for fifteen minutes, the glass is broken, and that is
/// answered for in the days after: too late, so that auditors see it, and with a review from which an improvement comes.
/// </summary>
[TakesLong(110)]
public sealed class FixingAtNight(ClockedSite site) : IClassFixture<ClockedSite>
{
    private string _live = "";

    [Fact]
    public async Task An_approver_decides_on_the_phone_and_another_time_the_glass_is_broken_and_answered_for_too_late()
    {
        await using var yard = await RegisterAsync("payments");
        await yard.TargetsAsync([yard.Local("test-1")]);
        await using (var before = await site.StartAsync(await yard.PlanAsync("1.0.0"))) await before.Page.SeesAsync("Succeeded");

        AdvanceTo(DayOfWeek.Tuesday, "21:36");
        var approved = await AskAsync(yard, "1.0.0", isGravest: false);
        await ApproveOnThePhoneAsync(approved);
        await using (var first = await site.StartAsync(approved)) await first.Page.SeesAsync("Succeeded");

        var broken = await AskAsync(yard, "1.1.0", isGravest: false);
        await SeeWhoIsCalledAsync(broken, "Ana Approver is called first");
        site.Advance(TimeSpan.FromMinutes(6));
        await SeeWhoIsCalledAsync(broken, "Otto Owner is called, since nobody has decided yet");
        site.Advance(TimeSpan.FromMinutes(10));
        await SeeWhoIsCalledAsync(broken, "No emergency approver has decided within 15 minutes");
        await BreakTheGlassAsync(broken);
        await using (var second = await site.StartAsync(broken)) await second.Page.SeesAsync("Succeeded");
        await BringTheOthersLevelAsync(broken, yard.Name);

        AdvanceTo(DayOfWeek.Wednesday, "09:00");
        await FindWhatIsOwedAsync(broken);
        AdvanceTo(DayOfWeek.Friday, "08:30");
        await SeeItOverdueAsync(broken);
        await AnswerForItAsync(broken);
        site.Advance(TimeSpan.FromHours(2));
        await SeeItMendedAsync(broken);
        await ReviewAsync(broken);
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

    /// <summary>The next such day and hour, UTC.</summary>
    private void AdvanceTo(DayOfWeek day, string time)
    {
        var now = site.Now;
        var then = new DateTimeOffset(DateOnly.FromDateTime(now.UtcDateTime), TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture), TimeSpan.Zero);
        while (then <= now || then.DayOfWeek != day) then = then.AddDays(1);
        site.Advance(then - now);
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

    /// <summary>Step 3: one after the other, until the timer is over.</summary>
    private async Task SeeWhoIsCalledAsync(string number, string story)
    {
        await using var otto = await site.OpenAsync("otto");
        await otto.Page.ComesToReadAsync($"/deployments/{number}", ".timeline", story, seconds: 20);
        otto.Complaints.ShouldBeEmpty();
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

    /// <summary>Step 6: the next day an approver finds it, with the evidence that is missing; who broke the glass cannot give it.</summary>
    private async Task FindWhatIsOwedAsync(string number)
    {
        await using var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/deployments/{number}/decide");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("broke the glass");
        await Expect(paul.Page.GetByRole(AriaRole.Button, new() { Name = "Approve afterwards" })).Not.ToBeAttachedAsync();

        await using var ana = await site.OpenAsync("ana");
        await ana.Page.GotoAsync("/inbox");
        var item = ana.Page.Locator(".inbox > li", new() { HasText = number });
        await Expect(item).ToContainTextAsync("Paul Practitioner broke the glass: your retrospective approval is due by");
        await item.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Expect(ana.Page.Locator(".card.needs-you")).ToContainTextAsync("It is due by");
        foreach (var missing in (string[])["No test of it was reported.", "It had succeeded in no other environment before."]) await Expect(ana.Page.Locator(".card.needs-you .missing-evidence")).ToContainTextAsync(missing);
        await ana.Page.LoadAxeAsync();
        (await ana.Page.ViolationsAsync()).ShouldBeEmpty();
        ana.Complaints.ShouldBeEmpty();
    }

    /// <summary>Two working days are over: auditors see it, and so does the page of the deployment.</summary>
    private async Task SeeItOverdueAsync(string number)
    {
        await using var aude = await site.OpenAsync("aude");
        await aude.Page.ComesToReadAsync("/audit/controls?check=CC-5&open=true", "main", number);
        var exception = aude.Page.Locator("tr", new() { HasText = number });
        foreach (var said in (string[])["CTL-", "CC-5", "The glass was broken, and the retrospective approval was due by", "Open"]) await Expect(exception).ToContainTextAsync(said);
        await aude.Page.LoadAxeAsync();
        (await aude.Page.ViolationsAsync()).ShouldBeEmpty();
        await exception.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Expect(aude.Page.Locator("#aftermath")).ToContainTextAsync("CC-5 open");
        aude.Complaints.ShouldBeEmpty();

        await using var mia = await site.OpenAsync("mia");
        (await mia.Page.GotoAsync("/audit/controls"))!.Status.ShouldBe(403, "it is for auditors and deployment managers");
    }

    private async Task AnswerForItAsync(string number)
    {
        await using var ana = await site.OpenAsync("ana");
        await ana.Page.GotoAsync("/inbox");
        await ana.Page.Locator(".inbox > li", new() { HasText = number }).GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Expect(ana.Page.Locator(".card.needs-you")).ToContainTextAsync("is overdue");
        await ana.Page.GetByLabel("Why").First.FillAsync("It had to be.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Approve afterwards" }).ClickAsync();
        await Expect(ana.Page.Locator(".timeline")).ToContainTextAsync("approved afterwards what was started without approval, after the day it was due: It had to be.");
        await Expect(ana.Page.Locator("main")).ToContainTextAsync("late");
        ana.Complaints.ShouldBeEmpty();
    }

    private async Task SeeItMendedAsync(string number)
    {
        await using var aude = await site.OpenAsync("aude");
        await aude.Page.ComesToReadAsync("/audit/controls?check=CC-5", "main", "Ana Approver approved afterwards");
        await Expect(aude.Page.Locator("tr", new() { HasText = number })).ToContainTextAsync("Mended later");
        aude.Complaints.ShouldBeEmpty();
    }

    /// <summary>Step 7, on the third day: why no test caught it, and what becomes better.</summary>
    private async Task ReviewAsync(string number)
    {
        await using var dora = await site.OpenAsync("dora");
        await dora.Page.ComesToReadAsync("/inbox", "main", $"The review of {number} has to be held. It was an emergency.");
        await dora.Page.Locator(".inbox > li", new() { HasText = number }).GetByRole(AriaRole.Link, new() { Name = "REV-" }).ClickAsync();
        await Expect(dora.Page.Locator("main")).ToContainTextAsync("Scheduled");
        await dora.Page.GetByLabel("Who took part").FillAsync("dora@demo.deployhub\npaul@demo.deployhub\nana@demo.deployhub");
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Hold REV" }).ClickAsync();
        await Expect(dora.Page.Locator(".missing-evidence")).ToContainTextAsync("No test of it was reported.");
        await dora.Page.GetByRole(AriaRole.Link, new() { Name = "Propose an improvement" }).ClickAsync();
        await Expect(dora.Page.GetByLabel("What it rests on")).ToHaveValueAsync(new Regex($"^{number}\\s+REV-"));
        await dora.Page.GetByLabel("What should change").FillAsync("Ask for the end-to-end suite in emergencies, too");
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Propose it" }).ClickAsync();
        await dora.Page.WaitForURLAsync("**/improvements/IMP-*");
        await Expect(dora.Page.Locator("main")).ToContainTextAsync(number);

        await dora.Page.GotoAsync($"/deployments/{number}");
        foreach (var said in (string[])["Review held", "CC-5 mended", "Ask for the end-to-end suite in emergencies, too"]) await Expect(dora.Page.Locator("#aftermath")).ToContainTextAsync(said);
        await dora.Page.Locator("#aftermath").GetByRole(AriaRole.Link, new() { Name = "REV-" }).ClickAsync();
        await dora.Page.GetByLabel("What was talked about").FillAsync("Nobody tests what goes out at night.");
        await dora.Page.GetByLabel("Where the cause lay").SelectOptionAsync("Planning");
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Close REV" }).ClickAsync();
        await Expect(dora.Page.Locator("main")).ToContainTextAsync("Ask for the end-to-end suite in emergencies, too");
        dora.Complaints.ShouldBeEmpty();
    }
}
