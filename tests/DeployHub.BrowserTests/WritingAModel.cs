using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>The editor says what a text comes to while somebody types, proposes what fits, and keeps the text whatever happens.</summary>
[IntegrationTests.Hub.TakesLong(33)]
public sealed class WritingAModel(Site site)
{
    [Fact]
    public async Task Remarks_and_the_picture_follow_what_is_typed_and_nothing_typed_is_lost()
    {
        await using var dora = await OpenAsync("typed-service");
        var (editor, said, pictured) = (new CodeEditor(dora.Page), dora.Page.Locator("#said"), dora.Page.Locator("#pictured"));
        var text = (await editor.TextAsync()).Replace("Reach the target", "Knock at the door", StringComparison.Ordinal);

        await editor.PasteAsync(text);
        await Expect(pictured).ToContainTextAsync("Knock at the door");
        await Expect(dora.Page.Locator(".cm-lint-marker-error")).ToHaveCountAsync(0);
        await editor.PasteAsync(text.Replace("retries: 2", "retries: 9", StringComparison.Ordinal));
        await Expect(said).ToContainTextAsync("automatic retries go from 0 to 3");
        await Expect(pictured).Not.ToContainTextAsync("Knock at the door");
        await said.Locator(".remark-place").First.ClickAsync();
        await Expect(dora.Page.Locator(".cm-lint-marker-error").First).ToBeVisibleAsync();
        (await editor.SelectionAsync()).ShouldBe("9");
        await dora.Page.Locator(".cm-lintRange-error").First.HoverAsync();
        await Expect(dora.Page.Locator(".cm-tooltip .cm-diagnostic").First).ToContainTextAsync("automatic retries go from 0 to 3");
        await IsCleanAsync(dora.Page);

        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Save and start testing" }).ClickAsync();
        await Expect(dora.Page.Locator(".refusal")).ToContainTextAsync("v1 has errors");
        (await editor.TextAsync()).ShouldContain("retries: 9");
        await editor.PasteAsync(text);
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Save and start testing" }).ClickAsync();
        await Expect(dora.Page.Locator("main")).ToContainTextAsync("v1 is in test: its text is frozen.");
        dora.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_fits_is_proposed_and_taken_by_keyboard()
    {
        await using var dora = await OpenAsync("proposed-service");
        var editor = new CodeEditor(dora.Page);
        await editor.PasteAsync("model: proposed-service\n");

        await editor.TypeAsync("appr");
        await Expect(editor.Proposals).ToContainTextAsync("approach");
        await Expect(editor.Proposals).ToContainTextAsync("required");
        await IsCleanAsync(dora.Page);
        await editor.PressAsync("Enter");
        await Expect(editor.Proposals).ToContainTextAsync("BlueGreen");
        await editor.TypeAsync("Can");
        await Expect(editor.Proposals.Locator("[aria-selected]")).ToContainTextAsync("Canary");
        await editor.PressAsync("Tab");
        (await editor.TextAsync()).ShouldBe("model: proposed-service\napproach: Canary");

        await editor.PasteAsync("model: x\nparameters:\n  size: { type: Integer, default: 2, mutability: Free, description: How many. }\nstages:\n  execute:\n    steps:\n      - name: Bring it\n        uses: upload\n        with: { ");
        await editor.PressAsync("Control+Space");
        await Expect(editor.Proposals).ToContainTextAsync("artefact");
        await editor.PressAsync("Escape");
        await editor.TypeAsync("to: \"${");
        await Expect(editor.Proposals).ToContainTextAsync("parameter.size");
        dora.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tab_indents_and_the_keyboard_gets_out_again()
    {
        await using var dora = await OpenAsync("indented-service");
        var editor = new CodeEditor(dora.Page);
        await editor.PasteAsync("stages:\n");
        await editor.PressAsync("Tab");
        await editor.TypeAsync("x");
        (await editor.TextAsync()).ShouldBe("stages:\n  x");

        await editor.PressAsync("Escape", "Escape", "Tab");
        await Expect(editor.Content).Not.ToBeFocusedAsync();
        await editor.PressAsync("j"); // goes to the page, not into the text
        (await editor.TextAsync()).ShouldBe("stages:\n  x");
        await Expect(dora.Page.Locator(".code-editor .cm-keys")).ToContainTextAsync("Escape, then Tab, leaves");
    }

    [Fact]
    public async Task What_was_not_saved_is_offered_back_and_never_put_there_by_itself()
    {
        await using var dora = await OpenAsync("kept-service");
        var (page, editor, kept) = (dora.Page, new CodeEditor(dora.Page), dora.Page.Locator("#kept-text"));
        var saved = await editor.TextAsync();
        await Expect(kept).ToBeHiddenAsync();

        await page.Context.SetOfflineAsync(true);
        await editor.PasteAsync($"# not saved\n{saved}");
        await page.Context.SetOfflineAsync(false);
        await page.ReloadAsync();
        (await editor.TextAsync()).ShouldBe(saved);
        await Expect(kept).ToContainTextAsync("was not saved");
        await kept.GetByText("Show it").ClickAsync();
        await Expect(kept.Locator("pre")).ToContainTextAsync("# not saved");
        await IsCleanAsync(page);

        await editor.PasteAsync($"# other\n{saved}");
        await page.ReloadAsync();
        await kept.GetByRole(AriaRole.Button, new() { Name = "Discard it" }).ClickAsync();
        await Expect(kept.Locator("code")).ToContainTextAsync("# not saved");
        await kept.GetByRole(AriaRole.Button, new() { Name = "Go on with it" }).ClickAsync();
        (await editor.TextAsync()).ShouldBe($"# not saved\n{saved}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        await Expect(page.Locator("#flash")).ToContainTextAsync("v1 is saved");
        await Expect(kept).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Without_script_the_text_area_is_the_editor_and_sends_exactly_the_text()
    {
        await site.SendAsync("dora", Yard.Post("/models", new { slug = "plain-service", name = "Plain service", purpose = "Is plain.", intent = new { need = "Less waiting" } }));
        const string Text = "\n# ends with blanks  \nmodel:   plain-service\n\n\tname: \"ü😀\"\n   ";
        await using var dora = await site.OpenAsync("dora", script: false);
        await dora.Page.GotoAsync("/models/plain-service/versions/1/edit");
        await dora.Page.GetByLabel("The document", new() { Exact = true }).FillAsync(Text);
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();

        await Expect(dora.Page.Locator("#flash")).ToContainTextAsync("v1 is saved");
        (await dora.Page.Locator("#Document").InputValueAsync()).ShouldBe(Text);
        (await site.TextOfAsync("plain-service")).ShouldBe(Text);
    }

    private async Task<Tab> OpenAsync(string slug)
    {
        await site.SendAsync("dora", Yard.Post("/models", new { slug, name = slug, purpose = "Is typed.", starter = "rolling-web-service", intent = new { need = "Less waiting" } }));
        var dora = await site.OpenAsync("dora");
        await dora.Page.GotoAsync($"/models/{slug}/versions/1/edit");
        await Expect(new CodeEditor(dora.Page).Content).ToBeVisibleAsync();
        return dora;
    }

    private static async Task IsCleanAsync(IPage page)
    {
        await page.LoadAxeAsync();
        (await page.ViolationsAsync()).ShouldBeEmpty();
    }
}
