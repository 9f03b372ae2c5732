using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Logs;

namespace DeployHub.IntegrationTests.Ssh;

/// <summary>What measures this whole process runs while nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class CuttingOutput
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_gigabyte_of_output_is_cut_visibly_while_the_command_goes_on_and_memory_stays_small(bool isDetached)
    {
        await using var bench = await Bench.StartAsync("127.0.3.3");
        var logs = new StepLogs(TimeProvider.System);
        var kept = new List<string>();
        var most = 0L;
        using var stop = new CancellationTokenSource();
        var draining = Task.Run(async () =>
        {
            await foreach (var line in logs.Lines.Reader.ReadAllAsync()) kept.Add(line.Text);
        });
        var watching = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await timer.WaitForNextTickAsync(stop.Token)) most = Math.Max(most, InUse());
        });
        var before = InUse();

        var outcome = await bench.ToTheEndAsync(
            new RunSsh($"yes {new string('y', 99)} | head -c 1000000000; echo finished > journal", Detached: isDetached), timeout: TimeSpan.FromMinutes(2), log: logs.Open(new RunId(Guid.NewGuid()), new TargetRunId(Guid.NewGuid()), 1, 1));

        outcome.ShouldBeOfType<StepOutcome.Succeeded>();
        bench.Visit.File("journal").ShouldBe(["finished"]);
        logs.Lines.Writer.Complete();
        await draining;
        await stop.CancelAsync();
        kept.Count(line => line.StartsWith("The output is cut here", StringComparison.Ordinal)).ShouldBe(1);
        kept.Count.ShouldBeLessThan(120_000);
        (most - before).ShouldBeLessThan(400_000_000); // what a worker may have: the library takes in whatever the host sends, and what is not cut yet waits
    }

    /// <summary>After one collection: waiting until nothing more is freed takes longer than the step may, in a process that has run every other test.</summary>
    private static long InUse()
    {
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
