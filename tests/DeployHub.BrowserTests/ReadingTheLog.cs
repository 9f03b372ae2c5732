using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Somebody looks for what went wrong while a decision waits.</summary>
public sealed class ReadingTheLog(Site site)
{
    [Fact]
    public async Task A_halted_run_is_understood_by_keyboard_and_nothing_typed_is_lost()
    {
        var number = (await site.EstateAsync()).AddressOf("{halted}");
        await using var paul = await site.OpenAsync("paul");
        var page = paul.Page;
        await page.GotoAsync($"/deployments/{number}/runs/1");
        await page.GetByLabel("What you found out").FillAsync("I am looking");
        await Expect(page.Locator(".gantt-lane")).Not.ToHaveCountAsync(0);
        await page.EvaluateAsync("document.activeElement.blur(); window.neverReloaded = true");

        await page.Keyboard.PressAsync("l");
        await page.Keyboard.TypeAsync("503");
        await Expect(page.Locator("#log-search [role=status]")).ToContainTextAsync("with “503”");
        await Expect(page.Locator("#log-text")).ToBeFocusedAsync();
        await Expect(page.Locator("#log-live")).ToBeHiddenAsync();

        await page.Locator("a.error-line").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#log-search li[aria-current=true]")).ToContainTextAsync("answered 503");
        await Expect(page.Locator("#log-search li[aria-current=true]")).ToBeInViewportAsync();
        page.Url.ShouldContain("&subject=dev-1#L");
        await page.LoadAxeAsync();
        (await page.ViolationsAsync()).ShouldBeEmpty();

        await Expect(page.GetByLabel("What you found out")).ToHaveValueAsync("I am looking");
        (await page.EvaluateAsync<bool>("window.neverReloaded")).ShouldBeTrue();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download as text" }).ClickAsync());
        download.SuggestedFilename.ShouldBe($"{number}-R1.log");
        (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).ShouldContain("answered 503");
        paul.Complaints.ShouldBeEmpty();

        await WithoutScriptAsync(number);
    }

    private async Task WithoutScriptAsync(string number)
    {
        await using var paul = await site.OpenAsync("paul", script: false);
        var page = paul.Page;
        await page.SetViewportSizeAsync(375, 740);
        await page.GotoAsync($"/deployments/{number}/runs/1");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Text" }).FillAsync("503");
        await page.GetByLabel("Error output only").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await Expect(page.Locator("#log-search [role=status]")).ToHaveTextAsync("Only 1 line of error output with “503”.");
        await page.Locator("#log-search .log a").ClickAsync();
        await Expect(page.Locator("#log-search li[aria-current=true]")).ToContainTextAsync("503");
        await Expect(page.Locator("#log-search")).ToContainTextAsync("unpacked 1.2.0"); // what was written around it
    }
}
