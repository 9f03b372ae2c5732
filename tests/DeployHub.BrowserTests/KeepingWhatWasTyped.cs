using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

[TakesLong(25)]
public sealed class KeepingWhatWasTyped(Site site)
{
    [Fact]
    public async Task A_refused_plan_keeps_every_choice_and_says_which_field_and_why()
    {
        await using var mia = await site.OpenAsync("mia");
        var page = mia.Page;
        await page.GotoAsync(Moves.Planning("production", "1.1.0"));
        await page.GetByLabel("web-3").CheckAsync();
        await page.GetByLabel("batchSize").FillAsync("99");
        await page.GetByLabel("Slot starts").FillAsync("2031-03-01T22:00");
        await page.GetByLabel("Slot ends").FillAsync("2031-03-01T23:00");
        await page.GetByLabel("Title").FillAsync("Evening release");
        await page.GetByLabel("Description").FillAsync("For the spring sale");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();

        await Expect(page.Locator(".refusal")).ToContainTextAsync("20");
        await Expect(page.Locator(".field", new() { HasText = "batchSize" }).Locator(".field-problem")).ToContainTextAsync("20");
        await Expect(page.GetByLabel("Environment", new() { Exact = true })).ToHaveValueAsync("production");
        await Expect(page.GetByLabel("web-3")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("web-4")).Not.ToBeCheckedAsync();
        await Expect(page.Locator("#version-greeter-web")).ToHaveValueAsync("greeter-web@1.1.0");
        await Expect(page.GetByLabel("Rolling web service")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("batchSize")).ToHaveValueAsync("99");
        await Expect(page.GetByLabel("Slot starts")).ToHaveValueAsync("2031-03-01T22:00");
        await Expect(page.GetByLabel("Slot ends")).ToHaveValueAsync("2031-03-01T23:00");
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("Evening release");
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("For the spring sale");

        await page.GetByLabel("batchSize").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();
        await page.NumberAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Evening release");
    }

    [Theory]
    [InlineData("9.9.9", "sha256:too-short", "Digest")]
    [InlineData("1.1.0", "sha256:0000000000000000000000000000000000000000000000000000000000000000", "A label is never reused")]
    public async Task A_refused_version_keeps_everything_typed(string label, string digest, string named)
    {
        await using var mia = await site.OpenAsync("mia");
        var page = mia.Page;
        await page.GotoAsync("/components/greeter-web/versions/new");
        var typed = new Dictionary<string, string>
        {
            ["#Input_Label"] = label,
            ["#Input_Artefacts_0__Name"] = "package",
            ["#Input_Artefacts_0__Path"] = "greeter-9.tar.gz",
            ["#Input_Artefacts_0__Digest"] = digest,
            ["#Input_Artefacts_0__Size"] = "4711",
            ["#Input_Provenance"] = "commit: 3f2c1e8",
        };
        foreach (var (field, value) in typed) await page.FillAsync(field, value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Register the version" }).ClickAsync();

        await Expect(page.Locator(".refusal")).ToContainTextAsync(named, new() { IgnoreCase = true });
        foreach (var (field, value) in typed) await Expect(page.Locator(field)).ToHaveValueAsync(value);
    }

    [Fact]
    public async Task Who_edits_a_plan_that_somebody_else_changed_is_told_and_loses_nothing()
    {
        var number = await site.PlanAsync(Moves.Planning("staging", "1.1.0"), "Save as a draft");
        await using var mia = await site.OpenAsync("mia");
        await using var dora = await site.OpenAsync("dora");
        await mia.Page.GotoAsync($"/deployments/{number}/edit");
        await SaveAsync(dora.Page, number, "What Dora says");

        await mia.Page.GetByLabel("batchSize").FillAsync("1");
        await mia.Page.GetByLabel("Title").FillAsync("What Mia says");
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();
        await Expect(mia.Page.Locator(".refusal")).ToContainTextAsync("Someone else changed this");
        await Expect(mia.Page.Locator(".card.needs-you")).ToContainTextAsync("What Dora says");
        await Expect(mia.Page.GetByLabel("Title")).ToHaveValueAsync("What Mia says");
        await Expect(mia.Page.GetByLabel("batchSize")).ToHaveValueAsync("1");

        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();
        await Expect(mia.Page.Locator("h1")).ToHaveTextAsync("What Mia says");
    }

    [Fact]
    public async Task A_program_that_edits_what_it_read_before_a_change_is_refused()
    {
        var number = await site.PlanAsync(Moves.Planning("staging", "1.1.0"), "Save as a draft");
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync("/account");
        var answers = await mia.Page.EvaluateAsync<int[]>(
            """
            async address => {
              const token = document.querySelector('[name=__RequestVerificationToken]').value, seen = (await fetch(address)).headers.get('ETag');
              const body = JSON.stringify({ title: 'By API', plan: { environment: 'staging', versions: ['greeter-web@1.1.0'], model: 'rolling-web-service' } });
              const edit = async () => (await fetch(address, { method: 'PUT', body, headers: { 'Content-Type': 'application/json', 'X-Antiforgery': token, 'If-Match': seen } })).status;
              return [await edit(), await edit()];
            }
            """, $"/api/v1/deployments/{number}");

        answers.ShouldBe([204, 412]);
    }

    [Fact]
    public async Task Choosing_while_editing_goes_on_editing_the_same_deployment()
    {
        var number = await site.PlanAsync(Moves.Planning("staging", "1.1.0"), "Save as a draft");
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync($"/deployments/{number}/edit");
        await mia.Page.SelectOptionAsync("#version-greeter-web", "");
        await Expect(mia.Page.Locator(".plan-check")).Not.ToContainTextAsync("Can be submitted");

        await Expect(mia.Page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" })).ToBeVisibleAsync();
        await Expect(mia.Page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" })).ToHaveCountAsync(0);
        mia.Page.Url.ShouldEndWith($"/deployments/{number}/edit");
    }

    private static async Task SaveAsync(IPage page, string number, string title)
    {
        await page.GotoAsync($"/deployments/{number}/edit");
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(title);
    }
}
