using System.Diagnostics;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Benchmarks;

/// <summary>
/// Four-stage runs per second: all are queued while nobody works, then the workers go. What is measured is warm: a batch before it is not
/// counted, for a new process compiles while it begins.
/// </summary>
internal static class Throughput
{
    private const int Rounds = 3;
    private const int WarmUp = 100;
    private const int Runs = 200;

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        List<double> raw = [], inProcess = [], one = [], two = [];
        for (var round = 0; round < Rounds; round++)
        {
            raw.Add(await RawAsync(await database.NewAsync()));
            inProcess.Add(await InProcessAsync(await database.NewAsync()));
            one.Add(await ByProcessesAsync(await database.NewAsync(), workers: 1));
            two.Add(await ByProcessesAsync(await database.NewAsync(), workers: 2));
            Console.WriteLine($"round {round + 1}: raw {raw[^1]:F1}, in process {inProcess[^1]:F1}, one worker {one[^1]:F1}, two workers {two[^1]:F1} a second");
        }

        var (overRaw, overOne) = (Report.Median(inProcess) / Report.Median(raw), Report.Median(two) / Report.Median(one));
        await new Report("throughput", "How many four-stage runs a second, beside the same four hops by Hangfire jobs, and does a second worker help?")
            .Add("raw Hangfire, chains/s", Report.Median(raw))
            .Add("DeployHub in the same process, runs/s", Report.Median(inProcess))
            .Add("ratio to raw", overRaw).Goal("ratio to raw ≥ 1.5", overRaw >= 1.5)
            .Add("DeployHub, one worker process, runs/s", Report.Median(one))
            .Add("DeployHub, two worker processes, runs/s", Report.Median(two))
            .Add("ratio of two to one", overOne).Goal("two ≥ 1.6 × one", overOne >= 1.6)
            .Add("cores of this machine", System.Environment.ProcessorCount)
            .WriteAsync();
    }

    private static async Task<double> InProcessAsync(string connectionString)
    {
        await using (var hub = await BenchHub.StartAsync(connectionString, works: false)) await hub.RegisterAsync(Runs);
        foreach (var count in (int[])[WarmUp, Runs])
        {
            await using (var hub = await BenchHub.StartAsync(connectionString, works: false)) await hub.QueueAsync(count);
            await using (var hub = await BenchHub.StartAsync(connectionString, works: true)) await hub.AllSucceededAsync();
        }

        await using var look = await BenchHub.StartAsync(connectionString, works: false);
        return await RateAsync(look);
    }

    private static async Task<double> ByProcessesAsync(string connectionString, int workers)
    {
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        await hub.RegisterAsync(Runs);
        var processes = Enumerable.Range(0, workers).Select(_ => WorkerProcess.Start(connectionString)).ToList();
        try
        {
            foreach (var process in processes) await process.Ready;
            foreach (var count in (int[])[WarmUp * workers, Runs])
            {
                foreach (var process in processes) process.Freeze();
                await hub.QueueAsync(count);
                foreach (var process in processes) process.Thaw();
                await hub.AllSucceededAsync();
                await Task.Delay(TimeSpan.FromSeconds(4)); // the runtime compiles what was used often once it is let alone
            }

            return await RateAsync(hub);
        }
        finally
        {
            foreach (var process in processes) await process.DisposeAsync();
        }
    }

    /// <summary>Of the last batch.</summary>
    private static async Task<double> RateAsync(BenchHub hub)
    {
        var batch = await hub.DatabaseAsync(db => db.Runs.OrderByDescending(run => run.QueuedAt).Take(Runs).Select(run => new { run.StartedAt, run.EndedAt }).ToListAsync());
        return Runs / (batch.Max(run => run.EndedAt!.Value) - batch.Min(run => run.StartedAt!.Value)).TotalSeconds;
    }

    private static async Task<double> RawAsync(string connectionString)
    {
        foreach (var count in (int[])[WarmUp, Runs])
        {
            using var host = await RawHangfire.BuildAsync(connectionString);
            var jobs = host.Services.GetRequiredService<IBackgroundJobClient>();
            for (var chain = 1; chain <= count; chain++)
            {
                var name = $"{chain}";
                jobs.Enqueue<RawHangfire>(hop => hop.Hop(name, 1));
            }

            await host.StartAsync();
            await RawHangfire.DoneAsync(count);
            await host.StopAsync();
        }

        return Runs / Stopwatch.GetElapsedTime(RawHangfire.Visits.Min(visit => visit.Began), RawHangfire.Visits.Max(visit => visit.Ended)).TotalSeconds;
    }
}
