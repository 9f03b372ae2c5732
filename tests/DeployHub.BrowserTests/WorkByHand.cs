using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

[TakesLong(21)]
public sealed class WorkByHand(Site site)
{
    private const int StepsAtMost = 12;

    [Fact]
    public async Task A_person_reads_what_to_do_shows_what_was_done_and_the_record_keeps_it()
    {
        var number = await site.PlanAsync(Moves.PlanningByHand("staging", "stage-1"));
        await using var paul = await site.StartAsync(number);
        await paul.Page.SeesAsync("Waiting");
        await AnswerAsync(paul.Page, note: "");
        await Expect(paul.Page.Locator(".refusal")).ToContainTextAsync("asks for evidence");
        await LeaveWithAnAnswerAsync(paul.Page);

        for (var i = 0; i < StepsAtMost && await NextAsync(paul.Page) != "Succeeded"; i++) await AnswerAsync(paul.Page, $"Looked at it, {i}", file: true);
        await paul.Page.SeesAsync("Succeeded");

        await paul.Page.GotoAsync($"/records/{number}");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("Looked at it, 0");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("proof.txt");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("Said on the way out");
        paul.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stopped_run_asks_for_nothing_until_it_goes_on()
    {
        await using var paul = await site.StartAsync(await site.PlanAsync(Moves.PlanningByHand("development", "dev-1"))); // a halt keeps others from starting there
        await paul.Page.SeesAsync("Waiting");
        await paul.Page.StopAsync("The wrong handbook was brought");
        await Expect(paul.Page.GetByLabel("Note")).ToHaveCountAsync(0);
        await Expect(paul.Page.Locator(".card.needs-you")).ToContainTextAsync("begin nothing there");
        await Expect(paul.Page.Locator("#run-state .stage-strip [data-state=running]")).ToHaveCountAsync(0);
        await paul.Page.LoadAxeAsync();
        (await paul.Page.ViolationsAsync()).ShouldBeEmpty();

        await paul.Page.GetByLabel("Go on").CheckAsync();
        await paul.Page.GetByLabel("What you found out").FillAsync("It is the right one after all");
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = "Decide" }).ClickAsync();
        await paul.Page.SeesAsync("Waiting");
        await Expect(paul.Page.GetByLabel("Note")).ToBeVisibleAsync();
        paul.Complaints.ShouldBeEmpty();
    }

    /// <summary>The checklist is left before its answer got through: the next page sends it.</summary>
    private static async Task LeaveWithAnAnswerAsync(IPage run)
    {
        var address = new Uri(run.Url).AbsolutePath;
        await run.GotoAsync($"{address}/tasks");
        var title = await run.Locator("details.task h2").First.InnerTextAsync();
        await run.RouteAsync("**/answers", _ => Task.CompletedTask); // sent, and never answered
        await run.Task(title).GetByLabel("Take a photo").SetInputFilesAsync(new FilePayload { Name = "left.jpg", MimeType = "image/jpeg", Buffer = new byte[2_000] });
        await run.AnswerAsync(title, note: "Said on the way out");
        await Expect(run.Locator("#on-device")).ToContainTextAsync("1 answer waits on this device");
        await run.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await run.GotoAsync(address);
        await Expect(run.Locator(".card.needs-you h2").Or(run.Locator(".run-line .state-mark:has-text('Succeeded')")).First).Not.ToHaveTextAsync(title, new() { Timeout = 20_000 });
    }

    /// <summary>The next task, or how the run ended.</summary>
    private static Task<string> NextAsync(IPage run) =>
        run.Locator(".card.needs-you h2, .run-line .state-mark:has-text('Succeeded') .word").First.InnerTextAsync();

    private static async Task AnswerAsync(IPage run, string note, bool file = false)
    {
        var task = run.Locator(".card.needs-you").First;
        await task.GetByLabel("Note").FillAsync(note);
        if (file) await task.GetByLabel("Evidence").SetInputFilesAsync(new FilePayload { Name = "proof.txt", MimeType = "text/plain", Buffer = "serial 4711"u8.ToArray() });
        await run.EvaluateAsync("document.body.dataset.before = ''");
        await task.GetByRole(AriaRole.Button, new() { Name = "Done", Exact = true }).ClickAsync();
        await Expect(run.Locator("body:not([data-before])")).ToBeVisibleAsync(); // the page after the answer
    }
}
