using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Models.Starters;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Models;

/// <summary>The starters for services on hosts, unchanged, by a real sshd, with real web servers, HAProxy and Prometheus.</summary>
[Collection(nameof(Rehearsals))]
public sealed class RehearsingStartersOnHosts(StarterHub hub, Hosts hosts) : IClassFixture<Hosts>
{
    private static readonly string[] Labels = ["1.0.0", "1.1.0", "1.2.0"];
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task Rolling_service()
    {
        Assert.SkipWhen(Hosts.Missing is not null, Hosts.Missing ?? "");
        using var estate = await StarterEstate.BeginAsync(hub, "rolling-service");
        estate.Parameters["soak"] = "1s";
        foreach (var label in Labels) await estate.AddVersionAsync(label, "package.tar.gz", Hosts.Release(label));
        string[] urls = [await hosts.AddAsync(estate, "host-1"), await hosts.AddAsync(estate, "host-2")];

        await estate.RehearseAsync(label => AnswerAsync(urls, "version", label));
    }

    [Fact]
    public async Task Emergency_fix()
    {
        Assert.SkipWhen(Hosts.Missing is not null, Hosts.Missing ?? "");
        using var estate = await StarterEstate.BeginAsync(hub, "emergency-fix");
        foreach (var label in Labels) await estate.AddVersionAsync(label, "package.tar.gz", Hosts.Release(label));
        string[] urls = [await hosts.AddAsync(estate, "host-1")];

        await estate.RehearseAsync(label => AnswerAsync(urls, "version", label));
    }

    [Fact]
    public async Task Configuration_set()
    {
        Assert.SkipWhen(Hosts.Missing is not null, Hosts.Missing ?? "");
        using var estate = await StarterEstate.BeginAsync(hub, "configuration-set");
        estate.Parameters["soak"] = "1s";
        foreach (var label in Labels)
            await estate.AddVersionAsync(label, "settings.json", Encoding.UTF8.GetBytes($$"""{ "label": "{{label}}", "greeting": "Hello", "password": "${SHOP_PASSWORD}" }"""));
        const string reads = "sed -n 's/.*\"label\": \"\\([^\"]*\\)\".*/\\1/p' config/settings.json > www/configuration";
        string[] urls = [await hosts.AddAsync(estate, "host-1", "www", reads, null, ("file", "config/settings.json"))];
        Directory.CreateDirectory(estate.At("host-1/www"));
        await File.WriteAllTextAsync(estate.At("host-1/www/health"), "ok");
        await hosts.RestartAsync(estate, "host-1");

        await estate.RehearseAsync(label => AnswerAsync(urls, "configuration", label));
    }

    [Fact]
    public async Task Blue_green_haproxy()
    {
        Assert.SkipWhen(Balancer.Missing is not null, Balancer.Missing ?? "");
        using var estate = await StarterEstate.BeginAsync(hub, "blue-green-haproxy");
        estate.Parameters["soak"] = "1s";
        foreach (var label in Labels) await estate.AddVersionAsync(label, "package.tar.gz", Hosts.Release(label));
        var blue = await hosts.AddAsync(estate, "host-blue", labels: [("colour", "blue")]);
        var green = await hosts.AddAsync(estate, "host-green", labels: [("colour", "green")]);
        await hosts.StartAsync(estate, "host-blue", "0.9.0");
        await using var balancer = await Balancer.StartAsync(estate, ("blue", blue), ("green", green));
        await estate.SetVariableAsync("public-url", balancer.Url);
        balancer.LetUsersIn();

        estate.Parameters["colour"] = "green";
        await estate.ReachesAsync(await estate.StartAsync(RehearsalCase.Pass, "1.0.0", "host-green"), RunStatus.Succeeded);
        (await balancer.VersionAsync()).ShouldBe("1.0.0");

        estate.Parameters["colour"] = "blue";
        await estate.ResolveAsync(await estate.HaltsAsync(RehearsalCase.ForcedFailure, "1.1.0", "host-blue"), ResolutionChoice.Retry, RunStatus.Succeeded);
        (await balancer.VersionAsync()).ShouldBe("1.1.0");

        (estate.Parameters["colour"], estate.Parameters["soak"]) = ("green", "1h");
        await SwitchesBackAsync(estate, balancer, await estate.HaltsAsync(RehearsalCase.Rollback, "1.2.0", "host-green"));
        balancer.Answers.Keys.ShouldBe([200], "users noticed nothing");
        await estate.PassTestingAsync();
    }

    [Fact]
    public async Task Canary_metric_gate()
    {
        Assert.SkipWhen(Balancer.Missing is not null, Balancer.Missing ?? "");
        Assert.SkipWhen(TestDaemon.Missing("prometheus") is not null, TestDaemon.Missing("prometheus") ?? "");
        using var estate = await StarterEstate.BeginAsync(hub, "canary-metric-gate");
        foreach (var (name, value) in new[] { ("share", "50%"), ("soak", "2s"), ("window", "5s"), ("every", "1s") }) estate.Parameters[name] = value;
        foreach (var label in Labels) await estate.AddVersionAsync(label, "package.tar.gz", Hosts.Release(label));
        string[] urls = [await hosts.AddAsync(estate, "host-1", labels: [("role", "canary")]), await hosts.AddAsync(estate, "host-2")];
        foreach (var host in (string[])["host-1", "host-2"]) await hosts.StartAsync(estate, host, "0.9.0");
        await using var balancer = await Balancer.StartAsync(estate, ("host-1", urls[0]), ("host-2", urls[1]));
        await estate.SetVariableAsync("canary", "host-1");
        await estate.SetVariableAsync("prometheus", await balancer.MeasureAsync(estate));
        balancer.LetUsersIn();

        await estate.RehearseAsync(label => AnswerAsync(urls, "version", label));
        balancer.Answers.Keys.ShouldBe([200], "users noticed nothing");
    }

    /// <summary>Goes on after the failure until users are on the new colour, and only then back.</summary>
    private async Task SwitchesBackAsync(StarterEstate estate, Balancer balancer, string run)
    {
        (await hub.As(Role.DeploymentPractitioner).Send(new ResolveHalt(run, ResolutionChoice.Retry, CauseClass.Component, "The rehearsal says so."))).Done();
        await estate.WaitsAsync(run, now => now.Observed?.Name is "Switch");
        (await balancer.VersionAsync()).ShouldBe("1.2.0");
        (await hub.As(Role.DeploymentPractitioner).Send(new StopRun(run, "Users complain."))).Done();
        await estate.ReachesAsync(run, RunStatus.Halted);
        await estate.ResolveAsync(run, ResolutionChoice.RollBack, RunStatus.RolledBack);
        (await balancer.VersionAsync()).ShouldBe("1.1.0");
    }

    private static async Task AnswerAsync(IEnumerable<string> urls, string path, string expected)
    {
        foreach (var url in urls) (await Http.GetStringAsync($"{url}/{path}")).Trim().ShouldBe(expected);
    }
}
