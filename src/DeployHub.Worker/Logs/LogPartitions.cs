using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DeployHub.Worker.Logs;

/// <summary>
/// Makes the partitions of log lines for this month and the coming ones, at the start and once a day. Every worker does; a lock makes them
/// take turns, and what is there already stays. A line whose month has none goes to the default partition and is not lost.
/// </summary>
internal sealed class LogPartitions(NpgsqlDataSource database, TimeProvider clock, ILogger<LogPartitions> logger) : BackgroundService
{
    private const int MonthsAhead = 12;
    private const long Lock = 0x4C6F6773; // "Logs"
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <summary>Only what is missing, so that a day on which nothing is costs a look at the catalogue and locks no table.</summary>
    private const string MakeMissing =
        """
        select make_log_partition(month::date)
        from generate_series(date_trunc('month', $1), date_trunc('month', $1) + make_interval(months => $2), interval '1 month') as month
        where to_regclass('log_lines_' || to_char(month, 'YYYYMM')) is null
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await MakeAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "The coming months' partitions of log lines could not be made; it is tried again tomorrow");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task MakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({Lock})", cancellationToken);
        await ExecuteAsync(connection, MakeMissing, cancellationToken, clock.GetUtcNow(), MonthsAhead);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
