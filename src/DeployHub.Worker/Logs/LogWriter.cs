using DeployHub.Worker.Secrets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace DeployHub.Worker.Logs;

/// <summary>Masks and stores log lines in batches by binary COPY, then tells the web nodes.</summary>
internal sealed class LogWriter(StepLogs logs, Masker masker, NpgsqlDataSource database, ILogger<LogWriter> logger) : BackgroundService
{
    private const int LargestBatch = 2_000;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        logs.Lines.Writer.TryComplete(); // everything written before is still stored
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<LogLine>(LargestBatch);
        while (await logs.Lines.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < LargestBatch && logs.Lines.Reader.TryRead(out var line)) batch.Add(line);
            await StoreAsync(batch);
            batch.Clear();
        }
    }

    private async Task StoreAsync(List<LogLine> batch)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause *= 2)
        {
            try
            {
                if (batch.Exists(line => line.Flushed is null)) await CopyAsync(batch);
                break;
            }
            catch (Exception exception) when (pause < TimeSpan.FromSeconds(30))
            {
                logger.LogWarning(exception, "{Count} log lines could not be stored yet", batch.Count);
                await Task.Delay(pause);
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "{Count} log lines are lost", batch.Count);
                break;
            }
        }

        foreach (var line in batch) line.Flushed?.TrySetResult();
    }

    private async Task CopyAsync(List<LogLine> batch)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("copy log_lines (run_id, target_run_id, step, attempt, at, stream, text) from stdin (format binary)"))
        {
            foreach (var line in batch.Where(line => line.Flushed is null))
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(line.Run, NpgsqlDbType.Uuid);
                await copy.WriteAsync(line.TargetRun, NpgsqlDbType.Uuid);
                await copy.WriteAsync(line.Step, NpgsqlDbType.Smallint);
                await copy.WriteAsync(line.Attempt, NpgsqlDbType.Smallint);
                await copy.WriteAsync(line.At, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync((short)line.Stream, NpgsqlDbType.Smallint);
                await copy.WriteAsync(masker.Mask(line.Text), NpgsqlDbType.Text);
            }

            await copy.CompleteAsync();
        }

        await using var notify = new NpgsqlCommand("select pg_notify('deployhub_live', run::text) from unnest($1) as run", connection);
        notify.Parameters.AddWithValue(batch.Select(line => line.Run).Distinct().ToArray());
        await notify.ExecuteNonQueryAsync();
    }
}
