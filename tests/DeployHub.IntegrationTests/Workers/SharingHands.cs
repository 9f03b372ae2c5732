using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Workers;

public sealed class SharingHands(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_fleet_does_not_keep_a_single_host_waiting_for_the_hands_of_the_only_worker()
    {
        using var fleet = await Estate.RegisterAsync(hub, Estate.Script("Switch", "echo begin >> journal; sleep 0.5"), targets: 40, batches: 40);
        using var host = await Estate.RegisterAsync(hub, Estate.Script("Switch", "echo begin >> journal"), targets: 1);
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("sharing"), ("DeployHub__Worker__Hands", "2"), ("DeployHub__Worker__SweepEvery", "01:00:00"));
        var all = await fleet.StartAsync();
        await TestHub.Until(() => Task.FromResult(fleet.Journal("t-1").Length > 0), "the fleet is under way", seconds: 60);

        await host.ReachesAsync(await host.StartAsync(), RunStatus.Succeeded);
        Enumerable.Range(1, 40).Count(number => fleet.Journal($"t-{number}").Length > 0).ShouldBeLessThan(40, "the fleet has hosts left to begin with");
        await fleet.ReachesAsync(all, RunStatus.Succeeded);
    }
}
