using DeployHub.IntegrationTests.Hub;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Journey J8: a worker is killed with three steps in its hands. One is done again, one is looked at, about one a person is asked.</summary>
[TakesLong(46)]
public sealed class LosingAWorker(Site site)
{
    private const string Execute = """
        phases: { batches: 3 }
        steps:
          - { name: Copy files, uses: script, timeout: 2m, afterLoss: RunAgain, with: { command: [sh, -c, 'echo copy >> journal; [ "${target.slow}" != copy ] || [ -e slept ] || { touch slept; sleep 30; }'] } }
          - name: Migrate the schema
            uses: script
            timeout: 2m
            afterLoss: Probe
            probe: { uses: check-script, with: { command: [grep, -q, migrate, "ROOT/${target.name}/journal"] } }
            with: { command: [sh, -c, 'echo migrate >> journal; [ "${target.slow}" != migrate ] || sleep 30'] }
          - { name: Open the firewall, uses: script, timeout: 2m, with: { command: [sh, -c, 'echo firewall >> journal; [ "${target.slow}" != firewall ] || sleep 30'] } }
        """;

    [Fact]
    public async Task A_killed_worker_s_steps_are_repeated_probed_or_asked_about_and_none_is_done_twice()
    {
        await using var yard = await Yard.RegisterAsync(site, "night");
        await yard.TargetsAsync(Enumerable.Range(1, 6).Select(number => yard.Local($"t-{number}", yard.Name, new { slow = number switch { 1 => "copy", 2 => "migrate", 3 => "firewall", _ => "nothing" } })));
        await yard.ModelAsync("Rolling", Execute.Replace("ROOT", yard.Root, StringComparison.Ordinal), $"- {{ name: Read it back, uses: check-script, with: {{ command: [grep, -q, firewall, \"{yard.Root}/${{target.name}}/journal\"] }}, timeout: 1m }}");
        var number = await yard.PlanAsync("1.0.0");
        string lost = $"{yard.Name}-a", other = $"{yard.Name}-b";
        await using var first = await site.WorkerAsync(lost, yard.Name);
        await using var paul = await site.StartAsync(number);
        await UntilAsync(() => yard.Journal("t-1").Contains("copy") && yard.Journal("t-2").Contains("migrate") && yard.Journal("t-3").Contains("firewall"));
        first.Kill();

        await using var second = await site.WorkerAsync(other, yard.Name);
        await paul.Page.SeesAsync("Halted", seconds: 120);
        await Expect(paul.Page.Locator("#halt-title")).ToHaveTextAsync("Halted: worker lost");
        await Expect(paul.Page.Locator(".card.needs-you").First).ToContainTextAsync("Did this happen?");
        await Expect(paul.Page.Locator(".card.needs-you").First).ToContainTextAsync("t-3");
        await paul.Page.LoadAxeAsync();
        (await paul.Page.ViolationsAsync()).ShouldBeEmpty();

        await paul.Page.GetByLabel("It is done by hand: continue").CheckAsync();
        await paul.Page.GetByLabel("What was fixed or done by hand").FillAsync("The rule is there: looked at the firewall’s list");
        await paul.Page.DecideAsync("The worker died after the call");
        await paul.Page.SeesAsync("Succeeded after intervention", seconds: 120);

        foreach (var (step, times) in new[] { ("copy", 2), ("migrate", 1), ("firewall", 1) }) Times(yard, "t-1", step).ShouldBe(times, step);
        foreach (var target in Enumerable.Range(2, 5).Select(target => $"t-{target}")) yard.Journal(target).ShouldBe(["copy", "migrate", "firewall"], target);
        await Expect(paul.Page.Locator("#run-state")).ToContainTextAsync(other);
        await SeesWhoIsSilentAsync(lost);
        paul.Complaints.ShouldBeEmpty();
    }

    private async Task SeesWhoIsSilentAsync(string worker)
    {
        await using var dora = await site.OpenAsync("dora");
        await dora.Page.GotoAsync("/admin/workers");
        await Expect(dora.Page.Locator("tr", new() { HasText = worker })).ToContainTextAsync("Silent");
    }

    private static int Times(Yard yard, string target, string step) => yard.Journal(target).Count(line => line == step);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var attempt = 0; !isSo(); attempt++)
        {
            attempt.ShouldBeLessThan(1200);
            await Task.Delay(100);
        }
    }
}
