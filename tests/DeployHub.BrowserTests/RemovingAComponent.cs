using DeployHub.IntegrationTests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>What was brought is planned away again: the form asks who decided that, keeps what was typed, and the run shows that it is gone (domain §2.4.2).</summary>
[TakesLong(20)]
public sealed class RemovingAComponent(Site site) : IAsyncLifetime
{
    private Yard _yard = null!;

    [Fact]
    public async Task It_goes_when_its_retirement_was_decided_and_the_form_asks_by_whom()
    {
        await using (var brought = await site.StartAsync(await _yard.PlanAsync("1.0.0"))) await brought.Page.SeesAsync("Succeeded");
        Path.Exists(Package).ShouldBeTrue();

        await using var mia = await site.OpenAsync("mia");
        var number = await PlansAsync(mia.Page);
        await Expect(mia.Page.Locator("main")).ToContainTextAsync("CAB-2026-114");

        await using var run = await site.StartAsync(number);
        await run.Page.SeesAsync("Succeeded");
        await Expect(run.Page.Locator("main")).ToContainTextAsync($"no {_yard.Name}");
        Path.Exists(Package).ShouldBeFalse();
        mia.Complaints.ShouldBeEmpty();
        run.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_emergency_asks_for_the_decision_once_something_is_taken_away_and_keeps_what_was_typed()
    {
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync("/deployments/emergency");
        await mia.Page.GetByLabel("Environment").SelectOptionAsync(_yard.Name);
        await mia.Page.GetByLabel("Incident or security notice").FillAsync("INC-77");
        await mia.Page.GetByLabel("What it does and why it cannot wait").FillAsync("It is attacked.");
        await Expect(mia.Page.GetByLabel("Decided by")).ToHaveCountAsync(0);

        await mia.Page.GetByLabel("What is deployed, or taken away").SelectOptionAsync($"{_yard.Name}@absent");
        await Expect(mia.Page.GetByLabel("Where it can be read")).ToHaveValueAsync("INC-77");
        await Expect(mia.Page.GetByLabel("What it is for").Locator("option")).ToHaveTextAsync(["Fix incident", "Security", "Roll forward"]);
        await Expect(mia.Page.GetByLabel("What it does and why it cannot wait")).ToHaveValueAsync("It is attacked.");
        mia.Complaints.ShouldBeEmpty();
    }

    public async ValueTask InitializeAsync()
    {
        _yard = await Yard.RegisterAsync(site, "removal");
        await _yard.TargetsAsync([_yard.Local("web-1")]);
        await _yard.ModelAsync(
            "BigBang", "phases: all-at-once\nsteps: [{ name: Bring it, uses: upload, with: { to: package }, timeout: 1m }]",
            "- { name: Ask it, uses: check-script, with: { command: [test, -d, .] }, timeout: 1m }",
            """
            rollback: { method: RedeployPrevious }
            removal:
              steps: [{ name: Take it away, uses: script, with: { command: [rm, -rf, package] }, timeout: 1m, afterLoss: RunAgain }]
              proof: [{ name: It is gone, uses: check-absent, with: { facts: [{ kind: File, name: package }] }, timeout: 1m }]
            """);
    }

    public ValueTask DisposeAsync() => _yard.DisposeAsync();

    private string Package => Path.Combine(_yard.PlaceOf("web-1"), "package");

    /// <summary>Without the decision the plan is refused beside its fields, and the reference that was typed stays.</summary>
    private async Task<string> PlansAsync(IPage page)
    {
        await page.GotoAsync($"/deployments/new?Input.Environment={_yard.Name}&Input.Versions={_yard.Name}@absent&Input.Model={_yard.Name}&Input.Reason=Removal");
        await Expect(page.Locator(".plan-check")).ToContainTextAsync("Say who decided");
        await page.GetByLabel("Where it can be read").FillAsync("CAB-2026-114");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();
        await Expect(page.Locator("#Input_Removal .field-problem").First).ToContainTextAsync("Say who decided");
        await Expect(page.GetByLabel("Where it can be read")).ToHaveValueAsync("CAB-2026-114");

        await page.GetByLabel("Decided by").FillAsync("The board");
        await page.GetByLabel("Decided on").FillAsync("2026-11-20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();
        return await page.NumberAsync();
    }
}
