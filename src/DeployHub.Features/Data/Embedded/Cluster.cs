using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace DeployHub.Features.Data.Embedded;

/// <summary>One PostgreSQL cluster on disk, and the server that runs it.</summary>
internal sealed class Cluster(ClusterFolder folder, ClusterAccount account, PostgresBinaries binaries)
{
    private const string Superuser = "deployhub";
    private const int Attempts = 5; // The free port may be taken by somebody else, and orphans of a killed server need a moment to go.

    public ClusterFolder Folder => folder;

    public string ConnectionString(int port, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = Superuser,
        Password = File.ReadAllText(folder.PasswordFile),
        Database = database,
        Pooling = database != "postgres",
        Timeout = 5,
    }.ConnectionString;

    /// <summary>The port of the running server, whether it had to be made and started, only started, or was still running.</summary>
    public async Task<int> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        if (folder.Major is null) await CreateAsync(options, cancellation);

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await ServerState.PortAsync(folder, ConnectionString, cancellation) is { } port) return port;
            await LaunchAsync(options, cancellation);
        }
        throw new EmbeddedPostgresException($"PostgreSQL does not start. The end of {folder.ServerLog} says:\n{LastLines()}");
    }

    public async Task StopAsync(CancellationToken cancellation) =>
        await CommandLine.RunAsync(account.Wrap(binaries.PgCtl, "stop", "-D", folder.Data, "-m", "fast", "-w", "-s"), folder.Home, cancellation);

    private async Task CreateAsync(EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        if (Directory.Exists(folder.Unfinished)) Directory.Delete(folder.Unfinished, recursive: true);
        await account.OwnAsync(folder.Home, cancellation);

        string[] how = ["-U", Superuser, "-A", "scram-sha-256", "--pwfile", folder.PasswordFile, "-E", "UTF8", "--locale=C", $"--lc-ctype={Characters}"];
        var command = account.Wrap([binaries.Initdb, "-D", folder.Unfinished, .. how, .. options.FsyncOff ? ["--no-sync"] : Array.Empty<string>()]);
        var (exitCode, output) = await CommandLine.RunAsync(command, folder.Home, cancellation);
        if (exitCode != 0) throw new EmbeddedPostgresException($"initdb could not make a database in {folder.Home}: {output}");

        await File.AppendAllTextAsync(Path.Combine(folder.Unfinished, "postgresql.conf"), "\ninclude_if_exists = 'deployhub.conf'\n", cancellation);
        Directory.Move(folder.Unfinished, folder.Data);
    }

    private async Task LaunchAsync(EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        await File.WriteAllLinesAsync(folder.Settings, ClusterSettings.Lines(FreePort(), options), cancellation);
        await account.OwnAsync(folder.Settings, cancellation);
        if (File.Exists(folder.ServerLog)) File.Move(folder.ServerLog, folder.ServerLog + ".1", overwrite: true);

        // pg_ctl puts the server into a session of its own: Ctrl-C in our terminal does not reach it before us.
        var command = account.Wrap(binaries.PgCtl, "start", "-D", folder.Data, "-l", folder.ServerLog, "-w", "-t", "30", "-s");
        var (exitCode, _) = await CommandLine.RunAsync(command, folder.Home, cancellation);
        if (exitCode != 0) await Task.Delay(300, cancellation);
    }

    // Sorted by code point on every machine, while upper and lower case work for all letters where the system knows how.
    private static string Characters => OperatingSystem.IsLinux() ? "C.UTF-8" : OperatingSystem.IsMacOS() ? "UTF-8" : "C";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string LastLines() => File.Exists(folder.ServerLog) ? string.Join('\n', File.ReadLines(folder.ServerLog).TakeLast(10)) : "(nothing)";
}
