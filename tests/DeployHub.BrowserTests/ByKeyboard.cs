using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

public sealed class ByKeyboard(Site site)
{
    [Fact]
    public async Task Anything_is_found_by_a_few_letters()
    {
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync("/");
        await mia.Page.Keyboard.PressAsync("Control+k");
        await mia.Page.Keyboard.TypeAsync("on-call");
        await Expect(mia.Page.Locator("#palette").GetByRole(AriaRole.Link, new() { Name = "On-call handbook", Exact = true })).ToBeVisibleAsync();
        await IsCleanAsync(mia.Page);

        await mia.Page.Keyboard.PressAsync("ArrowDown");
        await mia.Page.Keyboard.PressAsync("Enter");
        await mia.Page.WaitForURLAsync("**/components/greeter-handbook");
        mia.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_and_calls_are_shown_and_put_away_again()
    {
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync("/deployments");
        await mia.Page.Keyboard.PressAsync("?");
        await Expect(mia.Page.Locator("#keys")).ToBeVisibleAsync();
        await IsCleanAsync(mia.Page);
        await mia.Page.Keyboard.PressAsync("Escape");
        await Expect(mia.Page.Locator("#keys")).ToBeHiddenAsync();

        await mia.Page.Keyboard.PressAsync("a");
        await Expect(mia.Page.Locator(".drawer-panel")).ToContainTextAsync("/api/v1/deployments");
        await IsCleanAsync(mia.Page);
        await mia.Page.Keyboard.PressAsync("Escape");
        await Expect(mia.Page.Locator(".drawer-panel")).ToBeHiddenAsync();

        await mia.Page.Keyboard.PressAsync("g");
        await mia.Page.Keyboard.PressAsync("r");
        await mia.Page.WaitForURLAsync("**/records");
    }

    private static async Task IsCleanAsync(IPage page)
    {
        await page.LoadAxeAsync();
        (await page.ViolationsAsync()).ShouldBeEmpty();
    }
}
