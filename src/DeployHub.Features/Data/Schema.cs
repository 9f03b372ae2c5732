using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DeployHub.Features.Data;

/// <summary>The tables of the database, brought to the version that this program knows.</summary>
public sealed class Schema(DeployHubDb db, NpgsqlDataSource source, TimeProvider clock, ILogger<Schema> logger)
{
    private const long Lock = 0x4465706C6F79; // "Deploy"
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken) => !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();

    /// <summary>Applies what is missing. Of several processes that start together one does it and the others wait.</summary>
    /// <param name="alongside">What else has to be in the database, done under the same lock.</param>
    public async Task BringUpToDateAsync(Action<NpgsqlConnection> alongside, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken); // asking a fresh database for its history would log an error
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (pending.Count > 0) logger.LogInformation("Applying the migrations {Migrations}", pending);
            await db.Database.MigrateAsync(cancellationToken);
            alongside(connection);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>A database that starts together with us may need a moment.</summary>
    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await source.OpenConnectionAsync(cancellationToken);
            }
            catch (NpgsqlException exception) when (exception.IsTransient && clock.GetElapsedTime(start) < Patience)
            {
                if (attempt == 1) logger.LogWarning("The database does not answer yet ({Reason}); trying for {Seconds} seconds", exception.Message, Patience.TotalSeconds);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
