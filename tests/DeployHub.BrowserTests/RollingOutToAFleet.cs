using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>
/// Journey J11: a fleet behind a real sshd, of which some hosts are away, some are full and some have the version already.
/// <c>DEPLOYHUB_FLEET_HOSTS=200</c> makes it the whole fleet of the journey.
/// </summary>
[TakesLong(47)]
public sealed class RollingOutToAFleet(Site site)
{
    private static readonly int Hosts = int.Parse(System.Environment.GetEnvironmentVariable("DEPLOYHUB_FLEET_HOSTS") ?? "40", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly int Batch = Hosts / 10;
    private static readonly int[] UpToDate = [5 * Batch, Hosts - 1, Hosts], Away = [3 * Batch, 7 * Batch], Broken = [Batch + 2, 4 * Batch + 2], Full = [8 * Batch + 1, 8 * Batch + 2, 8 * Batch + 3];

    private const string Execute = """
        phases: { batches: "10%" }
        failureBudget: "2"
        maxFailedTargets: "6"
        steps:
          - name: Install
            uses: ssh
            timeout: 1m
            afterLoss: RunAgain
            with: { command: 'if [ -e full ]; then echo "No space left on device" >&2; exit 28; elif [ -e broken ]; then echo "The agent refuses to start" >&2; exit 1; fi; echo ${version.label} > installed' }
        """;

    [Fact]
    public async Task Hosts_get_it_in_batches_and_people_decide_about_the_rest()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var yard = await PrepareAsync();
        await using var worker = await site.WorkerAsync($"{yard.Name}-a", yard.Name); // of its own: others wait for theirs meanwhile
        var number = await yard.PlanAsync("1.1.0");
        await using var paul = await site.StartAsync(number);
        var run = paul.Page;

        await run.SeesAsync("Halted", seconds: 240);
        await Expect(run.Locator("#halt-title")).ToHaveTextAsync("Halted: target unreachable");
        await run.GetByLabel("Leave targets out").CheckAsync();
        foreach (var host in Away) await run.GetByLabel(Name(host), new() { Exact = true }).CheckAsync();
        await run.DecideAsync("These two are in repair until Monday");

        await Expect(run.Locator("#halt-title")).ToHaveTextAsync("Halted: failure threshold exceeded", new() { Timeout = 240_000 });
        await Expect(run.Locator(".failure-budget")).ToContainTextAsync("5 targets failed; 6 may");
        await Expect(run.Locator(".card.needs-you").First).ToContainTextAsync("No space left on device");
        await run.LoadAxeAsync();
        (await run.ViolationsAsync()).ShouldBeEmpty();
        var failed = await yard.ReadAsync($"/deployments/{number}/runs/1/targets?result=Failed");
        failed.EnumerateArray().Select(target => target.GetProperty("name").GetString()).ShouldBe([.. Broken.Concat(Full).Order().Select(Name)], ignoreOrder: true);

        await run.GotoAsync($"/deployments/{number}/runs/1?subject={Name(Full[0])}#log");
        await Expect(run.Locator("#log")).ToContainTextAsync("No space left on device");

        await using var dora = await site.OpenAsync("dora"); // Paul goes home
        await dora.Page.GotoAsync($"/deployments/{number}/runs/1");
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Take over from Paul" }).ClickAsync();
        await Expect(dora.Page.Locator(".page-lead")).ToContainTextAsync("operated by Dora");
        foreach (var host in Full) File.Delete(Path.Combine(yard.PlaceOf(Name(host)), "full"));
        await dora.Page.GetByLabel("It is fixed: check again").CheckAsync();
        await dora.Page.GetByLabel("What was fixed or done by hand").FillAsync("Old logs removed, ticket 4711");
        await dora.Page.DecideAsync("The disks of three hosts were full");

        await dora.Page.SeesAsync("Partially deployed", seconds: 240);
        await Expect(dora.Page.Locator("#run-state")).ToContainTextAsync("2 targets failed");

        foreach (var host in Enumerable.Range(1, Hosts).Except(Away).Except(Broken)) (await File.ReadAllTextAsync(Path.Combine(yard.PlaceOf(Name(host)), "installed"))).Trim().ShouldBe("1.1.0", Name(host));
        (await yard.ReadAsync($"/deployments/{number}/runs/1/targets?result=Unchanged")).GetArrayLength().ShouldBe(UpToDate.Length);
        await PlansTheRestAsync(number);
        paul.Complaints.ShouldBeEmpty();
        dora.Complaints.ShouldBeEmpty();
    }

    private async Task PlansTheRestAsync(string number)
    {
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync("/inbox");
        await Expect(mia.Page.Locator(".inbox")).ToContainTextAsync("4 targets left out: plan the rest.");
        await mia.Page.GotoAsync($"/deployments/{number}");
        await mia.Page.LoadAxeAsync();
        (await mia.Page.ViolationsAsync()).ShouldBeEmpty();
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "Plan the rest" }).ClickAsync();
        await Expect(mia.Page.Locator("h1")).ToHaveTextAsync($"The rest of {number}");
        foreach (var host in Away.Concat(Broken)) await Expect(mia.Page.Locator("dd.names")).ToContainTextAsync(Name(host));
    }

    private async Task<Yard> PrepareAsync()
    {
        var yard = await Yard.RegisterAsync(site, "fleet");
        await yard.ModelAsync("Rolling", Execute, $"- {{ name: Read it back, uses: check-script, with: {{ command: [grep, -q, \"${{version.label}}\", \"{yard.Root}/${{target.name}}/installed\"] }}, timeout: 1m }}");
        await yard.TargetsAsync(Enumerable.Range(1, Hosts).Select(host => (object)new { name = Name(host), connection = ConnectionTo(host, yard), labels = new { site = host > 8 * Batch && host <= 9 * Batch ? "north" : "south" }, pool = yard.Name }));
        foreach (var host in Full) await File.WriteAllTextAsync(Path.Combine(yard.PlaceOf(Name(host)), "full"), "");
        foreach (var host in Broken) await File.WriteAllTextAsync(Path.Combine(yard.PlaceOf(Name(host)), "broken"), "");
        foreach (var host in UpToDate) await File.WriteAllTextAsync(Path.Combine(yard.PlaceOf(Name(host)), "installed"), "1.1.0");
        await site.SendAsync("dora", [.. UpToDate.Select(host => Yard.Post($"/environments/{yard.Name}/targets/{Name(host)}/observations", new { component = yard.Name, version = "1.1.0", source = "an inventory" }))]);
        return yard;
    }

    private object ConnectionTo(int host, Yard yard) => new
    {
        kind = "ssh",
        host = $"127.0.8.{host}",
        port = Away.Contains(host) ? 1 : site.Sshd!.Port,
        user = System.Environment.UserName,
        hostKey = site.Sshd!.HostKey,
        credential = Site.SshKey,
        directory = yard.PlaceOf(Name(host)),
    };

    private static string Name(int host) => $"host-{host:000}";
}
