using DeployHub.Features.Data.Embedded;
using DeployHub.IntegrationTests.Hub;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DeployHub.IntegrationTests.Chaos;

/// <summary>A hub with a PostgreSQL of its own, which may be restarted or broken without harm to other tests. Its port stays.</summary>
public sealed class ChaosHub(TestPostgres postgres) : TestHub(postgres)
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"deployhub-chaos-{Guid.NewGuid():N}");
    private readonly int _port = FreePort.Next();
    private EmbeddedPostgres? _server;

    /// <summary>As an administrator does it: open transactions end, for a while nobody can connect.</summary>
    public async Task RestartDatabaseAsync(TimeSpan outage)
    {
        await _server!.StopAsync();
        await Task.Delay(outage);
        _server = await StartAsync();
    }

    /// <summary>One server process dies hard; PostgreSQL throws everybody out and recovers.</summary>
    public async Task CrashDatabaseAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        using var victim = System.Diagnostics.Process.GetProcessById(connection.ProcessID);
        victim.Kill();
        await victim.WaitForExitAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    protected override async Task<string> NewDatabaseAsync()
    {
        _server = await StartAsync();
        await TestPostgres.MigrateAsync(_server.ConnectionString);
        return _server.ConnectionString;
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(
        _directory, NullLogger.Instance, new EmbeddedPostgresOptions(FsyncOff: true, new Dictionary<string, string> { ["port"] = $"{_port}" }));
}
