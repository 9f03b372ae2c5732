using System.Diagnostics;
using Npgsql;

namespace DeployHub.Features.Data.Embedded;

/// <summary>What <c>postmaster.pid</c> says, checked against what is true.</summary>
internal static class ServerState
{
    private const string NobodysPid = "2147483647";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1); // A killed server may be replaying its log.

    /// <summary>Where this folder's own server answers; null when none runs, so that one may be started.</summary>
    public static async Task<int?> PortAsync(ClusterFolder folder, Func<int, string, string> connectionString, CancellationToken cancellation)
    {
        var pidFile = Path.Combine(folder.Data, "postmaster.pid");
        for (var waited = TimeSpan.Zero; waited < Patience; waited += TimeSpan.FromMilliseconds(200))
        {
            if (await ReadAsync(pidFile, cancellation) is not { } lines) return null;
            if (lines.Length > 3 && await AnswersAsync(folder, connectionString(int.Parse(lines[3]), "postgres"), cancellation)) return int.Parse(lines[3]);
            if (lines.Length > 0 && !IsServer(int.Parse(lines[0])))
            {
                await DisownAsync(pidFile, lines, cancellation);
                return null;
            }
            await Task.Delay(200, cancellation);
        }
        throw new EmbeddedPostgresException($"A server that does not answer holds {folder.Data}; {pidFile} names its process.");
    }

    /// <summary>Process, data directory, start time, port …; written line by line while the server starts.</summary>
    private static async Task<string[]?> ReadAsync(string pidFile, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllLinesAsync(pidFile, cancellation);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<bool> AnswersAsync(ClusterFolder folder, string connectionString, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("show data_directory", connection);
            return Path.GetFullPath((string)(await command.ExecuteScalarAsync(cancellation))!) == folder.Data;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>False for a process that is gone, is a zombie, or got the number of one that is gone.</summary>
    private static bool IsServer(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName == "postgres" && !(File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Contains(") Z "));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // The file stays, so that the next server still sees whether orphans of the last one hold its shared memory; only the number goes,
    // which may belong to an innocent process by now.
    private static Task DisownAsync(string pidFile, string[] lines, CancellationToken cancellation) =>
        File.WriteAllLinesAsync(pidFile, [NobodysPid, .. lines.Skip(1)], cancellation);
}
