using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

[TakesLong(95)]
public sealed class GettingIn(Site site)
{
    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_and_the_page_says_what_to_do()
    {
        const string Mistaken = "lena@example.org", Password = "correct horse battery"; // nobody of the demo: whoever signs in beside this test would be locked out, too
        await site.GetInAsync(Mistaken, "Lena Mistaken", Password);
        await using var visitor = await site.OpenAsync(null);
        for (var i = 0; i < 5; i++)
        {
            await Site.SignInAsync(visitor.Page, Mistaken, "not her password");
            await Expect(visitor.Page.Locator(".refusal")).ToBeVisibleAsync();
        }

        await Site.SignInAsync(visitor.Page, Mistaken, Password);
        await Expect(visitor.Page.Locator(".refusal")).ToContainTextAsync("locked after five wrong passwords");
        await Expect(visitor.Page.Locator(".refusal")).ToContainTextAsync("Wait 15 minutes or ask an administrator");
        await Expect(visitor.Page.Locator("#Email")).ToHaveValueAsync(Mistaken);
    }

    [Theory]
    [InlineData("ana", "/deployments/new", "release manager")]
    [InlineData("mia", "/admin/people", "administrator")]
    public async Task A_page_that_is_not_yours_says_whose_it_is(string person, string address, string whoCould)
    {
        await using var tab = await site.OpenAsync(person);
        (await tab.Page.GotoAsync(address))!.Status.ShouldBe(403);

        await Expect(tab.Page.Locator(".error-page")).ToContainTextAsync(whoCould);
    }

    [Fact]
    public async Task Who_planned_it_is_not_offered_to_approve_it()
    {
        var number = await site.PlanAsync(Moves.Planning("production", "1.1.0"));
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync($"/deployments/{number}");

        await Expect(mia.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        await Expect(mia.Page.Locator(".page-lead")).ToContainTextAsync("who did not plan it");
    }

    [Fact]
    public async Task An_invited_person_sets_a_password_gets_in_and_changes_it()
    {
        const string First = "correct horse battery", Second = "another staple entirely";
        await site.GetInAsync("eva@example.org", "Eva Newcomer", First);
        await using var eva = await site.OpenAsync(null);
        await Site.SignInAsync(eva.Page, "eva@example.org", First);
        await Expect(eva.Page.Locator("h1")).ToHaveTextAsync("Welcome, Eva Newcomer");
        await Expect(eva.Page.Locator(".error-page")).ToContainTextAsync("adam@demo.deployhub");

        await eva.Page.GotoAsync("/account");
        await ChangeAsync(eva.Page, "not mine at all", Second);
        await Expect(eva.Page.Locator(".refusal")).ToContainTextAsync("not your password now");
        await ChangeAsync(eva.Page, First, Second);
        await Expect(eva.Page.Locator(".flash")).ToContainTextAsync("Your password is changed.");

        await eva.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Site.SignInAsync(eva.Page, "eva@example.org", First);
        await Expect(eva.Page.Locator(".refusal")).ToContainTextAsync("do not match");
        await Site.SignInAsync(eva.Page, "eva@example.org", Second);
        await Expect(eva.Page.Locator(".bar")).ToContainTextAsync("Eva Newcomer");
    }

    private static async Task ChangeAsync(IPage account, string now, string next)
    {
        await account.FillAsync("#Current", now);
        await account.FillAsync("#Password", next);
        await account.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
    }
}
