using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

[TakesLong(90)]
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

        for (var i = 0; i < StepsAtMost && await NextAsync(paul.Page) != "Succeeded"; i++) await AnswerAsync(paul.Page, $"Looked at it, {i}", file: true);
        await paul.Page.SeesAsync("Succeeded");

        await paul.Page.GotoAsync($"/records/{number}");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("Looked at it, 0");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("proof.txt");
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
