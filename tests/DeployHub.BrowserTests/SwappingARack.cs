using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Servers in a rack, swapped by somebody with a phone in a cellar (domain J2).</summary>
[TakesLong(55)]
public sealed class SwappingARack(Site site)
{
    /// <summary>What a browser says without a network, of its requests and its live stream, and of an answer that was refused.</summary>
    private static readonly string[] InTheCellar = ["ERR_INTERNET_DISCONNECTED", "[object Event]", "htmx:", "status of 409"];

    [Fact]
    public async Task A_wrong_serial_halts_answers_wait_on_the_device_and_a_second_person_continues_by_hand()
    {
        await using var paul = await PlanApproveAndStartAsync();
        var phone = paul.Page;
        await phone.SetViewportSizeAsync(375, 740);
        await phone.SeesAsync("Waiting");
        var run = phone.Url;
        await phone.GetByRole(AriaRole.Link, new() { Name = "Open the checklist" }).ClickAsync();

        await phone.AnswerAsync("Look at the delivery", ("serial", "SN-9999"));
        await Expect(phone.Locator("#tasks")).ToContainTextAsync("serial is SN-9999 where SN-4711 was expected");
        await DecideAsync(phone, run, "Retry", "The right one lay beside it");
        await phone.GotoAsync($"{run}/tasks");
        await phone.AnswerAsync("Look at the delivery", ("serial", "SN-4711"));
        await phone.AnswerAsync("Make sure that work can begin: u5");
        await phone.AnswerAsync("Make sure that work can begin: u6");
        await LooksWellAsync(phone);

        await AnswerInTheCellarAsync(phone);
        await phone.AnswerAsync("Switch it on: u5", note: "It does not start", answer: "Problem");
        await Expect(phone.Locator("#tasks")).ToContainTextAsync("begin nothing");
        await ContinueByHandAsync(phone, run);
        await phone.GotoAsync($"{run}/tasks");
        await IsRefusedWhenSomebodyWasFasterAsync(phone, run);
        await LetTheTechnicianDoItAsync(phone, run);
        paul.Complaints.Where(complaint => !Array.Exists(InTheCellar, complaint.Contains)).ShouldBeEmpty();
    }

    private async Task<Tab> PlanApproveAndStartAsync()
    {
        await site.SendAsync("dora", [
            Yard.Post("/components", new { service = "greeter", key = "rack-server", name = "Rack server", kind = "Hardware" }),
            Yard.Post("/components/rack-server/versions", new { label = "HX-2", manifest = new { serial = "SN-4711" } }),
            Yard.Post("/environments", new { key = "rack-r12", name = "Rack R12", tier = "Production", owner = "Dora Manager", isLive = true, order = 9 }),
            Yard.Open("rack-r12"),
            Yard.Post("/environments/rack-r12/targets", new { name = "u5", connection = new { kind = "manual" } }),
            Yard.Post("/environments/rack-r12/targets", new { name = "u6", connection = new { kind = "manual" } }),
        ]);
        var number = await site.PlanAsync("/deployments/new?Input.Environment=rack-r12&Input.Versions=rack-server@HX-2&Input.Model=rack-server-swap");
        foreach (var approver in (string[])["ana", "otto"]) // of medium risk: nobody has swapped a server here before
        {
            await using var tab = await site.OpenAsync(approver);
            await tab.Page.GotoAsync($"/deployments/{number}");
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Approve for Rack R12" }).ClickAsync();
            await Expect(tab.Page.Locator(".page-lead")).ToContainTextAsync(approver == "otto" ? "Scheduled" : "In review");
        }

        return await site.StartAsync(number);
    }

    /// <summary>Two tasks in a row without a network, also after the page was opened anew there, and with a photo.</summary>
    private static async Task AnswerInTheCellarAsync(IPage phone)
    {
        await Expect(phone.Task("Take the old server out: u5")).ToBeVisibleAsync();
        await phone.ReloadAsync(); // the visit before the stairs
        await phone.EvaluateAsync("navigator.serviceWorker.ready");
        await Expect(phone.Locator("#kept-on-device")).ToBeVisibleAsync();
        await phone.Context.SetOfflineAsync(true);
        await phone.ReloadAsync();
        await phone.AnswerAsync("Take the old server out: u5");
        await Expect(phone.Locator("#on-device")).ToContainTextAsync("1 answer waits on this device");
        await phone.Task("Put the new server in: u5").GetByLabel("Take a photo").SetInputFilesAsync(new FilePayload { Name = "front.jpg", MimeType = "image/jpeg", Buffer = new byte[2_000_000] });
        await phone.AnswerAsync("Put the new server in: u5");
        await Expect(phone.Locator("#on-device")).ToContainTextAsync("2 answers wait on this device");
        await LooksWellAsync(phone);

        await phone.Context.SetOfflineAsync(false);
        await Expect(phone.Locator("#on-device")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(phone.Locator(".tasks-done")).ToContainTextAsync("front.jpg");
    }

    private async Task ContinueByHandAsync(IPage phone, string run)
    {
        await DecideAsync(phone, run, "It is done by hand", "A memory module sat loose", remedy: "Reseated it; it starts");
        await Expect(phone.Locator(".refusal")).ToContainTextAsync("somebody other than the operator");
        await using var dora = await site.OpenAsync("dora");
        await DecideAsync(dora.Page, run, "It is done by hand", "A memory module sat loose", remedy: "Reseated it; it starts");
    }

    private async Task IsRefusedWhenSomebodyWasFasterAsync(IPage phone, string run)
    {
        const string Next = "Take the old server out: u6";
        await Expect(phone.Task(Next)).ToBeVisibleAsync();
        await phone.Context.SetOfflineAsync(true);
        await phone.AnswerAsync(Next, note: "It is out");
        await using (var other = await site.OpenAsync("paul"))
        {
            await other.Page.GotoAsync($"{run}/tasks");
            await other.Page.AnswerAsync(Next);
            await Expect(other.Page.Locator(".tasks-done")).ToContainTextAsync(Next);
        }

        await phone.Context.SetOfflineAsync(false);
        await Expect(phone.Locator("#on-device")).ToContainTextAsync("somebody may have answered it");
        await Expect(phone.Locator("#on-device")).ToContainTextAsync("“It is out”");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(phone.Locator("#on-device")).ToBeHiddenAsync();
    }

    /// <summary>By a link that opens one step, which Paul then confirms.</summary>
    private async Task LetTheTechnicianDoItAsync(IPage phone, string run)
    {
        await phone.GotoAsync($"{run}/tasks");
        await phone.Locator("#supplier > summary").ClickAsync();
        await phone.GetByLabel("Name").FillAsync("Tara Technician");
        await phone.GetByLabel("Organisation").FillAsync("Rackworks");
        await phone.Locator("#supplier").GetByLabel("Switch it on: u6").CheckAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await phone.Locator("#made-link code").InnerTextAsync();
        await LooksWellAsync(phone);
        await phone.Task("Put the new server in: u6").GetByLabel("Evidence").SetInputFilesAsync(new FilePayload { Name = "u6.jpg", MimeType = "image/jpeg", Buffer = [1, 2, 3] });
        await phone.AnswerAsync("Put the new server in: u6");
        await Expect(phone.Locator(".tasks-done")).ToContainTextAsync("u6.jpg");

        await using var tara = await site.OpenAsync(null);
        await tara.Page.SetViewportSizeAsync(375, 740);
        await tara.Page.GotoAsync(link);
        for (var looks = 0; looks < 20 && await tara.Page.Locator("form.answer").CountAsync() == 0; looks++) await tara.Page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        await Expect(tara.Page.Locator("details.task")).ToHaveCountAsync(1);
        await LooksWellAsync(tara.Page);
        await tara.Page.GetByLabel("firmware").FillAsync("2.4.1");
        await tara.Page.GetByRole(AriaRole.Button, new() { Name = "Done", Exact = true }).ClickAsync();
        await Expect(tara.Page.Locator("#tasks")).ToContainTextAsync("Tara Technician (Rackworks), by link did this");
        tara.Complaints.ShouldBeEmpty();

        await phone.GotoAsync($"{run}/tasks");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Confirm what Tara" }).ClickAsync();
        await Expect(phone.Locator(".tasks-done")).ToContainTextAsync("confirmed by Paul Practitioner");
    }

    private static async Task DecideAsync(IPage page, string run, string choice, string diagnosis, string? remedy = null)
    {
        await page.GotoAsync(run);
        await page.SeesAsync("Halted");
        await page.GetByLabel(choice).CheckAsync();
        if (remedy is not null) await page.GetByLabel("What was fixed or done by hand").FillAsync(remedy);
        await page.DecideAsync(diagnosis);
    }

    private static async Task LooksWellAsync(IPage phone)
    {
        await phone.LoadAxeAsync();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await phone.EmulateMediaAsync(new() { ColorScheme = scheme });
            (await phone.ViolationsAsync()).ShouldBeEmpty(scheme.ToString());
        }

        (await phone.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBe(0, "it scrolls sideways");
    }
}
