using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Workers;

[Hub.TakesLong(25)]
public sealed class SharingHands(TestHub hub) : IClassFixture<TestHub>
{
    private const int Hosts = 24;

    [Fact]
    public async Task A_fleet_does_not_keep_a_single_host_waiting_for_the_hands_of_the_only_worker()
    {
        using var fleet = await Estate.RegisterAsync(hub, Estate.Script("Switch", "date +%s%N >> journal; sleep 0.5; date +%s%N >> journal"), targets: Hosts, batches: Hosts);
        using var host = await Estate.RegisterAsync(hub, Estate.Script("Switch", "echo begin >> journal"), targets: 1);
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("sharing"), ("DeployHub__Worker__Hands", "2"), ("DeployHub__Worker__SweepEvery", "01:00:00"));
        var all = await fleet.StartAsync();
        await TestHub.Until(() => Task.FromResult(fleet.Journal("t-1").Length > 0), "the fleet is under way", seconds: 120);

        await host.ReachesAsync(await host.StartAsync(), RunStatus.Succeeded);
        Enumerable.Range(1, Hosts).Count(number => fleet.Journal($"t-{number}").Length > 0).ShouldBeLessThan(Hosts, "the fleet has hosts left to begin with");
        await fleet.ReachesAsync(all, RunStatus.Succeeded);
        Enumerable.Range(1, Hosts).Count(number => IsAlone(fleet, number)).ShouldBeLessThan(Hosts / 4, "a fleet that has the worker for itself keeps both hands busy");
    }

    /// <summary>No other target was worked on at the same time.</summary>
    private static bool IsAlone(Estate fleet, int number)
    {
        var (began, ended) = TimeOf(fleet, number);
        return !Enumerable.Range(1, Hosts).Where(other => other != number).Any(other => TimeOf(fleet, other) is var (othersBegan, othersEnded) && othersBegan < ended && began < othersEnded);
    }

    private static (long Began, long Ended) TimeOf(Estate fleet, int number) => fleet.Journal($"t-{number}") is [var began, var ended] ? (long.Parse(began), long.Parse(ended)) : throw new InvalidOperationException();
}
