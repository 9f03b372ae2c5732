using DeployHub.Features.Data.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DeployHub.Benchmarks;

/// <summary>The embedded PostgreSQL with the settings that the product gives it, plus the extension that counts statements.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"deployhub-bench-{Guid.NewGuid():N}");
    private EmbeddedPostgres? _server;
    private int _count;

    public static async Task<BenchDatabase> StartAsync()
    {
        var database = new BenchDatabase();
        var settings = new Dictionary<string, string> { ["shared_preload_libraries"] = "pg_stat_statements", ["max_connections"] = "200" };
        database._server = await EmbeddedPostgres.StartAsync(database._directory, NullLogger.Instance, new EmbeddedPostgresOptions(FsyncOff: false, settings));
        return database;
    }

    /// <summary>A connection string to a new, empty database.</summary>
    public async Task<string> NewAsync()
    {
        var name = $"bench_{++_count}";
        await using var connection = new NpgsqlConnection(_server!.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null) await _server.DisposeAsync();
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }
}
