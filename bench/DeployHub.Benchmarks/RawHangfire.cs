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

    public static async Task DoneAsync(int chains)
    {
        for (var look = 0; Visits.Count < chains * Hops; look++)
        {
            if (look > 12000) throw new InvalidOperationException("The raw chains did not end in five minutes.");
            await Task.Delay(25);
        }
    }
}
