using System.Diagnostics;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Benchmarks;

/// <summary>
/// Four-stage runs per second: all are queued while nobody works, then the workers go. What is measured is warm: the batches before it are
/// not counted, for a new process compiles while it begins.
/// </summary>
internal static class Throughput
{
    private const int Rounds = 3;
    private const int WarmUps = 2;
    private const int Runs = 200;

    /// <summary>Where steps take time, hands are what is short, not cores.</summary>
    private static readonly TimeSpan SlowStep = TimeSpan.FromMilliseconds(200);

    /// <summary>The runtime compiles what was used often once it is let alone.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(4);

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        List<double> raw = [], inProcess = [], one = [], two = [], oneSlow = [], twoSlow = [];
        for (var round = 0; round < Rounds; round++)
        {
            raw.Add(await RawAsync(await database.NewAsync()));
            inProcess.Add(await InProcessAsync(await database.NewAsync()));
            one.Add(await ByProcessesAsync(await database.NewAsync(), workers: 1));
            two.Add(await ByProcessesAsync(await database.NewAsync(), workers: 2));
            oneSlow.Add(await ByProcessesAsync(await database.NewAsync(), workers: 1, SlowStep));
            twoSlow.Add(await ByProcessesAsync(await database.NewAsync(), workers: 2, SlowStep));
            Console.WriteLine($"round {round + 1}: raw {raw[^1]:F1}, in process {inProcess[^1]:F1}, one worker {one[^1]:F1}, two workers {two[^1]:F1}, of slow steps {oneSlow[^1]:F1} and {twoSlow[^1]:F1} a second");
        }

        var (overRaw, overOne) = (Report.Median(inProcess) / Report.Median(raw), Report.Median(two) / Report.Median(one));
        await new Report("throughput", "How many four-stage runs a second, beside the same four hops by Hangfire jobs, and does a second worker help?")
            .Add("raw Hangfire, chains/s", Report.Median(raw))
            .Add("DeployHub in the same process, runs/s", Report.Median(inProcess))
            .Add("ratio to raw", overRaw).Goal("ratio to raw ≥ 1.5", overRaw >= 1.5)
            .Add("DeployHub, one worker process, runs/s", Report.Median(one))
            .Add("DeployHub, two worker processes, runs/s", Report.Median(two))
            .Add("ratio of two to one", overOne).Goal("two ≥ 1.6 × one", overOne >= 1.6)
            .Add("the same with steps that take 200 ms: one worker process, runs/s", Report.Median(oneSlow))
            .Add("the same with steps that take 200 ms: two worker processes, runs/s", Report.Median(twoSlow))
            .Add("ratio of two to one with steps that take 200 ms", Report.Median(twoSlow) / Report.Median(oneSlow))
            .Add("cores of this machine", System.Environment.ProcessorCount)
            .WriteAsync();
    }

    private static async Task<double> InProcessAsync(string connectionString)
    {
        await using var hub = await BenchHub.StartAsync(connectionString, works: true);
        return await RateAsync(hub);
    }

    private static async Task<double> ByProcessesAsync(string connectionString, int workers, TimeSpan stepLasts = default)
    {
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        var processes = Enumerable.Range(0, workers).Select(_ => WorkerProcess.Start(connectionString, stepLasts)).ToList();
        try
        {
            foreach (var process in processes) await process.Ready;
            return await RateAsync(hub);
        }
        finally
        {
            foreach (var process in processes) await process.DisposeAsync();
        }
    }

    /// <summary>Of the last batch, from the ring on; a ring left over from the batch before may have let some begin while they were queued.</summary>
    private static async Task<double> RateAsync(BenchHub hub)
    {
        await hub.RegisterAsync(Runs);
        var rang = DateTimeOffset.MinValue;
        for (var batch = 1; batch <= WarmUps + 1; batch++)
        {
            await hub.QueueAsync(Runs);
            await Task.Delay(Settle);
            rang = DateTimeOffset.UtcNow;
            hub.Ring();
            await hub.AllSucceededAsync();
        }

        var ends = await hub.DatabaseAsync(db => db.Runs.Where(run => run.StartedAt >= rang).Select(run => run.EndedAt!.Value).ToListAsync());
        return Rate([.. ends.Select(end => end - rang)]);
    }

    /// <summary>Of the first 95 of 100: one straggler that nobody woke, which raw Hangfire has now and then, says nothing about the pace.</summary>
    private static double Rate(IReadOnlyList<TimeSpan> ends)
    {
        var count = ends.Count * 95 / 100;
        return count / ends.Order().ElementAt(count - 1).TotalSeconds;
    }

    private static async Task<double> RawAsync(string connectionString)
    {
        for (var batch = 1; batch <= WarmUps + 1; batch++)
        {
            using var host = await RawHangfire.BuildAsync(connectionString);
            var jobs = host.Services.GetRequiredService<IBackgroundJobClient>();
            for (var chain = 1; chain <= Runs; chain++)
            {
                var name = $"{chain}";
                jobs.Enqueue<RawHangfire>(hop => hop.Hop(name, 1));
            }

            await Task.Delay(Settle);
            await host.StartAsync();
            await RawHangfire.DoneAsync(Runs);
            await host.StopAsync();
        }

        var began = RawHangfire.Visits.Min(visit => visit.Began);
        return Rate([.. RawHangfire.Visits.GroupBy(visit => visit.Chain).Select(chain => Stopwatch.GetElapsedTime(began, chain.Max(visit => visit.Ended)))]);
    }
}
