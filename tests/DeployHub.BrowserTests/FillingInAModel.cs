using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>A model is written without its text being seen, and the text keeps what no form knows.</summary>
[IntegrationTests.Hub.TakesLong(33)]
public sealed class FillingInAModel(Site site)
{
    private const string Steps = "#at-stages-execute-steps";

    [Fact]
    public async Task A_step_is_added_told_and_taken_back_and_every_comment_stays()
    {
        var before = await DraftAsync("filled-service");
        await using var dora = await site.OpenAsync("dora");
        var page = dora.Page;
        await page.GotoAsync("/models/filled-service/versions/1/form");
        var list = page.Locator(Steps);
        await IsCleanAsync(page);

        await list.GetByText("Add a step").ClickAsync();
        await list.GetByLabel("What it does").SelectOptionAsync("wait");
        await list.GetByLabel("Name").FillAsync("Let it settle");
        await list.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        var step = list.Locator(".form-rows > li", new() { HasText = "Let it settle" });
        await Expect(step.Locator(".form-remarks")).ToBeVisibleAsync();
        await Expect(page.Locator("#done")).ToContainTextAsync("Added “Let it settle”.");
        await IsCleanAsync(page);
        await step.GetByLabel("For", new() { Exact = true }).FillAsync("30s");
        await step.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#done")).ToContainTextAsync("No error");
        await Expect(page.Locator(".form-aside .model-flow")).ToContainTextAsync("Let it settle");
        var added = await site.TextOfAsync("filled-service");
        LinesOf(before).Except(LinesOf(added)).ShouldBeEmpty("nothing was taken away or written anew");
        LinesOf(added).Except(LinesOf(before)).Count().ShouldBeInRange(2, 3);

        await step.GetByLabel("Retries").FillAsync("9");
        await step.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(step.Locator(".field-problem")).ToContainTextAsync("automatic retries go from 0 to 3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take that back" }).ClickAsync();
        await Expect(page.Locator("#done")).ToContainTextAsync("Taken back.");
        (await site.TextOfAsync("filled-service")).ShouldBe(added);
        dora.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Steps_are_moved_and_removed_by_keyboard()
    {
        var before = await DraftAsync("moved-service");
        await using var dora = await site.OpenAsync("dora");
        var page = dora.Page;
        await page.GotoAsync("/models/moved-service/versions/1/form");
        var rows = page.Locator($"{Steps} .form-row > a");
        var first = await rows.First.InnerTextAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = $"Move “{first}” down" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows.Nth(1)).ToHaveTextAsync(first);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Move “{first}” up" }).PressAsync("Enter");
        await Expect(rows.First).ToHaveTextAsync(first);
        (await site.TextOfAsync("moved-service")).ShouldBe(before);

        await page.GetByRole(AriaRole.Button, new() { Name = $"Remove “{first}”" }).PressAsync("Enter");
        await Expect(rows.First).Not.ToHaveTextAsync(first);
        dora.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_that_does_something_else_drops_what_that_does_not_know_and_the_number_of_errors_leads_to_the_first()
    {
        await DraftAsync("changed-service");
        await using var dora = await site.OpenAsync("dora");
        var page = dora.Page;
        await page.GotoAsync("/models/changed-service/versions/1/form?at=/stages/execute/steps/0");
        var step = page.Locator("#open-part");
        await step.GetByLabel("What it does").First.SelectOptionAsync("file-release");
        await step.GetByRole(AriaRole.Button, new() { Name = "Show its settings" }).First.ClickAsync();
        await Expect(step.GetByLabel("Maximum MiB")).ToBeVisibleAsync();
        await step.GetByLabel("Name", new() { Exact = true }).First.FillAsync("Unpack it");
        await step.GetByLabel("What it does").First.SelectOptionAsync("wait");
        await step.GetByRole(AriaRole.Button, new() { Name = "Show its settings" }).First.ClickAsync();
        await Expect(page.Locator("#done")).ToContainTextAsync("does not know");
        await IsCleanAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Close" }).ClickAsync();
        await Expect(step).ToHaveCountAsync(0);
        await page.Locator("#first-error").ClickAsync();
        await Expect(step.GetByLabel("What it does").First).ToHaveValueAsync("wait");
        dora.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_works_without_script_too()
    {
        await DraftAsync("scriptless-service");
        await using var dora = await site.OpenAsync("dora", script: false);
        var page = dora.Page;
        await page.GotoAsync("/models/scriptless-service/versions/1/form?at=head");
        await page.GetByLabel("Purpose").FillAsync("Says it in\ntwo lines.");
        await page.GetByLabel("Hardware").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#flash")).ToContainTextAsync("Saved.");
        (await site.TextOfAsync("scriptless-service")).ShouldContain("Says it in\n  two lines.");

        await page.GetByRole(AriaRole.Link, new() { Name = "Phases, and when they stop" }).ClickAsync();
        await page.GetByLabel("Phase by phase").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All others" }).ClickAsync();
        await page.GetByLabel("Soak").FillAsync("5m");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        (await site.TextOfAsync("scriptless-service")).ShouldContain("      - name: All others\n        soak: 5m\n");
    }

    [Fact]
    public async Task A_program_edits_the_same_places_and_is_told_what_it_cannot()
    {
        var before = await DraftAsync("patched-service");
        await site.SendAsync("dora", ("PATCH", "/models/patched-service/versions/1", """[{"op":"test","path":"/approach","value":"Rolling"},{"op":"add","path":"/stages/execute/soak","value":"5m"}]"""));
        LinesOf(await site.TextOfAsync("patched-service")).Except(LinesOf(before)).ShouldBe(["    soak: 5m"]);

        var refused = await Should.ThrowAsync<PlaywrightException>(() => site.SendAsync("dora", ("PATCH", "/models/patched-service/versions/1", """[{"op":"remove","path":"/nothing"}]""")));
        refused.Message.ShouldContain("model.edit-not-there");
        var unclear = await Should.ThrowAsync<PlaywrightException>(() => site.SendAsync("dora", ("PATCH", "/models/patched-service/versions/1", """[{"op":"add","path":"nothing"}]""")));
        unclear.Message.ShouldContain("JSON Pointer");
    }

    /// <summary>Answers its text.</summary>
    private async Task<string> DraftAsync(string slug)
    {
        await site.SendAsync("dora", Yard.Post("/models", new { slug, name = slug, purpose = "Is filled in.", starter = "rolling-web-service", intent = new { need = "Less waiting" } }));
        return await site.TextOfAsync(slug);
    }

    private static List<string> LinesOf(string text) => [.. text.Split('\n')];

    private static async Task IsCleanAsync(IPage page)
    {
        await page.LoadAxeAsync();
        (await page.ViolationsAsync()).ShouldBeEmpty();
    }
}
