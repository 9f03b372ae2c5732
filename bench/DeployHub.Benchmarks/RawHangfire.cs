using System.Collections.Concurrent;
using System.Diagnostics;
using DeployHub.Web.Hosting;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DeployHub.Benchmarks;

/// <summary>The same four hops as they are usually built: each job does nothing and enqueues the next one. Same storage and settings as ours.</summary>
internal sealed class RawHangfire(IBackgroundJobClient jobs)
{
    public const int Hops = 4;
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromSeconds(40);

    public static ConcurrentQueue<(string Chain, long Began, long Ended)> Visits { get; } = [];

    [AutomaticRetry(Attempts = 0)]
    public void Hop(string chain, int number)
    {
        var began = Stopwatch.GetTimestamp();
        Visits.Enqueue((chain, began, Stopwatch.GetTimestamp()));
        if (number < Hops) jobs.Enqueue<RawHangfire>(next => next.Hop(chain, number + 1));
    }

    public static async Task<IHost> BuildAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync();
            Jobs.Install(connection);
        }

        Visits.Clear();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddJobs(connectionString);
        builder.Services.AddTransient<RawHangfire>();
        builder.Services.AddHangfireServer();
        return builder.Build();
    }

    /// <summary>Until all hops are made, or nothing has moved for long: a chain now and then gets stuck, and is told.</summary>
    public static async Task DoneAsync(int chains)
    {
        for (var (seen, since) = (0, Stopwatch.StartNew()); Visits.Count < chains * Hops; await Task.Delay(25))
        {
            if (Visits.Count > seen) (seen, since) = (Visits.Count, Stopwatch.StartNew());
            if (since.Elapsed <= LongestStandstill) continue;

            Console.WriteLine($"raw Hangfire stands still at {seen} of {chains * Hops} hops");
            return;
        }
    }
}
