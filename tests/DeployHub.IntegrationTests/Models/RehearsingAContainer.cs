using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Models.Starters;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Models;

/// <summary>The starter for containers, unchanged, with a real podman and a real registry.</summary>
[Collection(nameof(Containers))]
public sealed class RehearsingAContainer(StarterHub hub, ContainerStand stand) : IClassFixture<StarterHub>
{
    private static readonly HttpClient Http = new() { DefaultRequestHeaders = { ConnectionClose = true } };

    [Fact]
    public async Task Container_host()
    {
        Assert.SkipWhen(ContainerStand.Missing is not null, ContainerStand.Missing ?? "");
        using var estate = await StarterEstate.BeginAsync(hub, "container-host", (StoreKind.Oci, $"http://{stand.Registry}"));
        (estate.Parameters["runsFor"], estate.Parameters["stopWithin"]) = ("1s", "1s");
        foreach (var label in (string[])["1.0.0", "1.1.0", "1.2.0"]) await estate.AddVersionAsync(label, "shop", Digest.Of((await stand.PublishServiceAsync(label)).Split('@')[1]));
        foreach (var (name, value) in new[] { ("image", $"{stand.Registry}/shop"), ("container", estate.Name), ("container-port", "80") }) await estate.SetVariableAsync(name, value);
        var port = FreePort.Next();
        await estate.AddTargetAsync("host-1", null, null, [("engine", stand.Address), ("port", $"{port}"), ("url", $"http://127.0.0.1:{port}")]);

        await RehearseRemovalAsync(estate, RunsAsync);
        await estate.RehearseAsync(RunsAsync);

        async Task RunsAsync(string label) => (await Http.GetStringAsync($"http://127.0.0.1:{port}/version")).ShouldBe(label);
    }

    /// <summary>It is removed, is brought back when that fails, and is removed for good.</summary>
    private async Task RehearseRemovalAsync(StarterEstate estate, Func<string, Task> runs)
    {
        await estate.ReachesAsync(await estate.StartAsync(RehearsalCase.Pass, "1.0.0"), RunStatus.Succeeded);
        await estate.ResolveAsync(await estate.HaltsAsync(RehearsalCase.Rollback, WatchedFact.Absent), ResolutionChoice.RollBack, RunStatus.RolledBack);
        await runs("1.0.0");

        await estate.ReachesAsync(await estate.StartAsync(RehearsalCase.Pass, WatchedFact.Absent), RunStatus.Succeeded);
        (await stand.RunAsync("ps", "--all", "--quiet", "--filter", $"name=^{estate.Name}$")).ShouldBeEmpty();
    }
}
