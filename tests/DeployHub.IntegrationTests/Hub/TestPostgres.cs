using System.Net.Sockets;
using DeployHub.Features;
using DeployHub.Features.Data;
using DeployHub.Features.Data.Embedded;
using DeployHub.IntegrationTests.Hub;
using DeployHub.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Testcontainers.PostgreSql;

[assembly: AssemblyFixture(typeof(TestPostgres))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: CollectionBehavior(MaxParallelThreads = 4)] // most of the time everybody waits for a process, a host or a run

namespace DeployHub.IntegrationTests.Hub;

/// <summary>
/// One PostgreSQL for a test run: the one that <c>DEPLOYHUB_TEST_DB</c> names, else a container where a Docker engine answers, else the
/// embedded one that the product itself starts. Every <see cref="TestHub"/> gets a database of its own, copied from a migrated template.
/// </summary>
public sealed class TestPostgres : IAsyncLifetime
{
    private const string Template = "deployhub_template";
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly List<string> _databases = [];
    private string? _server;
    private int _count;

    /// <summary>A connection string to a fresh database with every table in it.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            _server ??= await PrepareAsync(); // late: tests without a database do not wait for one
            var name = $"hub_{_run}_{++_count}";
            await RunAsync($"create database {name} template {Template}_{_run}");
            _databases.Add(name);
            return To(name);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null && _started.Count == 0) // a server of somebody's own is left as it was
            foreach (var name in _databases.Append($"{Template}_{_run}")) await RunAsync($"drop database if exists {name} with (force)");
        while (_started.TryPop(out var started)) await started.DisposeAsync();
        _oneAtATime.Dispose();
    }

    private async Task<string> PrepareAsync()
    {
        _server = await FindServerAsync();
        await RunAsync($"create database {Template}_{_run}");
        await MigrateAsync(To($"{Template}_{_run}"));
        return _server;
    }

    /// <summary>Every table, in an empty database.</summary>
    internal static async Task MigrateAsync(string connectionString)
    {
        await using var services = new ServiceCollection().AddLogging().AddDeployHubFeatures(connectionString + ";Pooling=false").BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().BringUpToDateAsync(Jobs.Install, CancellationToken.None);
    }

    private async Task<string> FindServerAsync()
    {
        if (System.Environment.GetEnvironmentVariable("DEPLOYHUB_TEST_DB") is { Length: > 0 } given) return given;
        if (await DockerAnswersAsync()) return await StartContainerAsync();

        var directory = new TemporaryDirectory();
        _started.Push(directory);
        var settings = new Dictionary<string, string> { ["max_connections"] = "400" };
        var embedded = await EmbeddedPostgres.StartAsync(directory.Path, NullLogger.Instance, new EmbeddedPostgresOptions(FsyncOff: true, settings));
        _started.Push(embedded);
        return embedded.ConnectionString;
    }

    private async Task<string> StartContainerAsync()
    {
        var container = new PostgreSqlBuilder("postgres:17-alpine").WithCommand("-c", "fsync=off", "-c", "max_connections=400").Build();
        _started.Push(container);
        await container.StartAsync();
        return container.GetConnectionString();
    }

    private static async Task<bool> DockerAnswersAsync()
    {
        if (!File.Exists("/var/run/docker.sock")) return false;

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint("/var/run/docker.sock"));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // Without index scans rows come back in no helpful order, so a query that forgot to sort fails here and not at a customer's.
    private string To(string database) => new NpgsqlConnectionStringBuilder(_server)
    {
        Database = database,
        MaxPoolSize = 20,
        Options = "-c enable_indexscan=off -c enable_indexonlyscan=off -c enable_bitmapscan=off",
    }.ConnectionString;

    private sealed class TemporaryDirectory : IAsyncDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"deployhub-tests-{Guid.NewGuid():N}");

        public ValueTask DisposeAsync()
        {
            if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
