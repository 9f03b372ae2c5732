using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Workers;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>The run page of 500 targets stays one that people can use.</summary>
public sealed partial class WatchingAFleet(TestHub hub) : IClassFixture<TestHub>
{
    private const int Targets = 500;
    private static readonly string[] Broken = [.. Enumerable.Range(240, 12).Select(number => $"host-{number}")];

    [Fact]
    public async Task Failures_come_first_and_the_rest_folds()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 0, batches: 100);
        await RegisterAsync(estate);
        var run = await estate.StartAsync();
        await hub.WorkOnAsync(run, (targetRun, step) => step.Name == "Install" && Broken.Contains(targetRun.Subject) ? new StepOutcome.Failed("No space left.") : StepOutcome.Succeeded.Plain);
        foreach (var target in (string[])[Broken[0], "host-1"]) await hub.WriteAsync(run, Stage.Execute, target, 2, Enumerable.Range(1, 1000).Select(number => $"Line {number} of {target}"));

        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        var address = $"/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}";
        var page = await browser.Read(address);
        Measure("page", page);
        await TakeTimeAsync("the run alone, briefly", async () => await hub.AsSystem.Send(new ShowRun(run, Briefly: true)));
        await TakeTimeAsync("the run alone, whole", async () => await hub.AsSystem.Send(new ShowRun(run)));
        await TakeTimeAsync("its halt alone", async () => await hub.AsSystem.Send(new ExplainHalt(run)));
        await TakeTimeAsync("its projection alone", async () => await hub.AsSystem.Send(new ProjectRun(run)));
        await TakeTimeAsync("page", () => browser.Read(address));
        await TakeTimeAsync("state", () => browser.Read($"{address}?handler=State"));
        await TakeTimeAsync("log of one target", () => browser.Read($"{address}?subject=host-1"));

        Encoding.UTF8.GetByteCount(page).ShouldBeLessThan(1_000_000);
        Names().Matches(page).Select(name => name.Groups[1].Value).Take(Broken.Length).ShouldBe(Broken);
        Names().Count(page).ShouldBe(Targets);
        page.ShouldContain("One error on 12 targets");
        page.ShouldContain("Batch 1 of 5: 100 updated");
        page.ShouldContain("488 more of 500: "); // their steps are a click away

        var one = await browser.Read($"{address}?subject=host-1");
        one.ShouldContain("Steps on host-1");
        one.ShouldContain("Line 1000 of host-1");
        one.ShouldNotContain($"Line 1000 of {Broken[0]}", Case.Sensitive, "only this target's");
    }

    private Task<int> RegisterAsync(Estate estate) => hub.Database(async db =>
    {
        var environment = await db.Environments.SingleAsync(known => known.Key == estate.Name);
        foreach (var number in Enumerable.Range(1, Targets))
            db.Targets.Add(Target.Register(
                environment.Id, $"host-{number}", new Dictionary<string, string> { ["site"] = number % 2 == 0 ? "berlin" : "hamburg" }, new Dictionary<string, string>(),
                new LocalConnection(estate.PlaceOf($"host-{number}")), Pools.Default));
        return await db.SaveChangesAsync();
    });

    private static void Measure(string what, string page) => TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {Encoding.UTF8.GetByteCount(page):N0} bytes");

    /// <summary>Times are shown and never asserted: they are the machine's.</summary>
    private static async Task TakeTimeAsync(string what, Func<Task> read)
    {
        var times = new List<double>();
        for (var round = 0; round < 7; round++)
        {
            var watch = Stopwatch.StartNew();
            await read();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: median {times.Order().ElementAt(times.Count / 2):N0} ms, best {times.Min():N0} ms");
    }

    [GeneratedRegex("class=\"target-name\">([^<]+)<")]
    private static partial Regex Names();
}
