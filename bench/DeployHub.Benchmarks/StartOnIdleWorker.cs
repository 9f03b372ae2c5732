using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DeployHub.Benchmarks;

/// <summary>A start in a web process begins on an idle worker that is a process of its own; and what idling costs the database.</summary>
internal static class StartOnIdleWorker
{
    private const int Starts = 25;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        var connectionString = await database.NewAsync();
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        await hub.RegisterAsync(environments: 1);
        await using var worker = WorkerProcess.Start(connectionString);
        await worker.Ready;
        await Task.Delay(TimeSpan.FromSeconds(5)); // what a start does once is not idling

        var statements = await StatementsWhileIdleAsync(connectionString);
        var delays = new List<double>();
        for (var start = 1; start <= Starts; start++) delays.Add(await DelayAsync(hub, start));

        var median = Report.Median(delays.Skip(5));
        await new Report("start", "How soon does a run begin on an idle worker process after its start was committed, and what does waiting cost?")
            .Add("from the start's commit to the run's begin, ms (median)", median).Goal("≤ 50 ms", median <= 50)
            .Add("the slowest, ms", delays.Skip(5).Max())
            .Add("polling once a second would take, ms (median, at best)", 500)
            .Add("statements a second while idle", statements).Goal("< 2 statements a second", statements < 2)
            .WriteAsync();
    }

    private static async Task<double> DelayAsync(BenchHub hub, int start)
    {
        var number = await hub.PlanAsync(environment: 1);
        await Task.Delay(Random.Shared.Next(100, 400)); // idle again, at no particular moment
        await hub.StartRunAsync(number);
        var committed = DateTimeOffset.UtcNow;
        await hub.AllSucceededAsync();
        var began = await hub.DatabaseAsync(db => db.Runs.MaxAsync(run => run.StartedAt));
        return (began!.Value - committed).TotalMilliseconds;
    }

    private static async Task<double> StatementsWhileIdleAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand("create extension if not exists pg_stat_statements; select pg_stat_statements_reset()", connection)) await create.ExecuteNonQueryAsync();
        var watch = Stopwatch.StartNew();
        await Task.Delay(Idle);
        await using var count = new NpgsqlCommand("select sum(calls) from pg_stat_statements join pg_database d on d.oid = dbid where d.datname = current_database()", connection);
        return Convert.ToDouble(await count.ExecuteScalarAsync() is decimal calls ? calls : 0) / watch.Elapsed.TotalSeconds;
    }
}
