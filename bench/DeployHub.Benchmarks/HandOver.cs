using Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Benchmarks;

/// <summary>From the end of a stage's step to the start of the next stage, one run after the other, in one process.</summary>
internal static class HandOver
{
    private const int Rounds = 3;
    private const int Chains = 60;
    private const int WarmUp = 20;

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        List<double> ours = [], raw = [];
        for (var round = 0; round < Rounds; round++)
        {
            raw.Add(await RawAsync(await database.NewAsync()));
            ours.Add(await OursAsync(await database.NewAsync()));
            Console.WriteLine($"round {round + 1}: raw {raw[^1]:F1} ms, ours {ours[^1]:F1} ms");
        }

        var ratio = Report.Median(ours) / Report.Median(raw);
        await new Report("handover", "How long does a stage hand over to the next, beside Hangfire jobs that enqueue the next one?")
            .Add("raw Hangfire, ms a hop (median)", Report.Median(raw))
            .Add("DeployHub, ms a hand-over (median)", Report.Median(ours))
            .Add("ratio", ratio)
            .Goal("ratio ≤ 0.5", ratio <= 0.5)
            .WriteAsync();
    }

    private static async Task<double> OursAsync(string connectionString)
    {
        NoOp.Visits.Clear();
        await using var hub = await BenchHub.StartAsync(connectionString, works: true);
        await hub.RegisterAsync(environments: 1);
        for (var chain = 1; chain <= Chains; chain++)
        {
            await hub.StartRunAsync(await hub.PlanAsync(environment: 1));
            await hub.AllSucceededAsync();
        }

        return Report.Median(NoOp.Gaps(NoOp.Visits.Skip(4 * WarmUp)));
    }

    private static async Task<double> RawAsync(string connectionString)
    {
        using var host = await RawHangfire.BuildAsync(connectionString);
        await host.StartAsync();
        var jobs = host.Services.GetRequiredService<IBackgroundJobClient>();
        for (var chain = 1; chain <= Chains; chain++)
        {
            var name = $"{chain}";
            jobs.Enqueue<RawHangfire>(hop => hop.Hop(name, 1));
            await RawHangfire.DoneAsync(chain);
        }

        await host.StopAsync();
        return Report.Median(NoOp.Gaps(RawHangfire.Visits.Skip(4 * WarmUp)));
    }
}
