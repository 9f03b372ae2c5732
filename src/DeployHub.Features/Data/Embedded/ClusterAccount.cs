using DeployHub.Domain;
using Microsoft.Extensions.Logging;

namespace DeployHub.Features.Data.Embedded;

/// <summary>
/// PostgreSQL refuses to run as root, so root lends the cluster to <c>postgres</c> if there is such a user, else to <c>nobody</c>.
/// Everybody else runs it as themselves.
/// </summary>
internal sealed record ClusterAccount(string? Name, string Uid, string Gid)
{
    private static readonly ClusterAccount Myself = new(null, "", "");

    public static ClusterAccount Current() =>
        OperatingSystem.IsWindows() || !System.Environment.IsPrivilegedProcess
            ? Myself
            : Find("postgres") ?? Find("nobody") ?? throw new EmbeddedPostgresException("Started as root, and there is no user “postgres” or “nobody” to run PostgreSQL as.");

    /// <summary>The command as this account runs it.</summary>
    public string[] Wrap(params string[] command) => Name switch
    {
        null => command,
        _ when IsOnPath("setpriv") => ["setpriv", $"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", "--", .. command],
        _ when IsOnPath("runuser") => ["runuser", "-u", Name, "--", .. command],
        _ => ["sudo", "-n", "-u", Name, "--", .. command],
    };

    /// <summary>Makes this account the owner, recursively.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellation)
    {
        if (Name is null) return;
        var (exitCode, output) = await CommandLine.RunAsync(["chown", "-R", $"{Uid}:{Gid}", path], "/", cancellation);
        if (exitCode != 0) throw new EmbeddedPostgresException($"{path} cannot be given to user {Name}: {output}");
    }

    /// <summary>
    /// Where the cluster lives: in the data directory, or, when this account cannot pass through its parents (root's own home is
    /// closed to others), in a folder of its own below /var/lib/deployhub.
    /// </summary>
    public string HomeFor(string dataDirectory, ILogger log)
    {
        var home = Path.Combine(dataDirectory, "postgres");
        if (Name is null || Ancestors(home).All(IsPassable)) return home;

        var elsewhere = Path.Combine("/var/lib/deployhub", Digest.OfText(dataDirectory).Short, "postgres");
        log.LogInformation("User {User} cannot enter {DataDirectory}, so the database is kept in {Home}", Name, dataDirectory, elsewhere);
        return elsewhere;
    }

    /// <summary>Makes the directories that are missing; those that root makes can be passed through by this account.</summary>
    public void MakePassable(string directory)
    {
        if (Directory.Exists(directory)) return;
        if (Path.GetDirectoryName(directory) is { } parent) MakePassable(parent);
        Directory.CreateDirectory(directory);
        if (Name is not null && !OperatingSystem.IsWindows()) File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.OtherExecute);
    }

    private static ClusterAccount? Find(string name) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields[0] == name && fields.Length > 3)
            .Select(fields => new ClusterAccount(name, fields[2], fields[3])).FirstOrDefault();

    private static bool IsOnPath(string program) =>
        PostgresBinaries.PathDirectories().Any(directory => File.Exists(Path.Combine(directory, program)));

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is not null; parent = Path.GetDirectoryName(parent)) yield return parent;
    }

    private static bool IsPassable(string directory) =>
        OperatingSystem.IsWindows() || !Directory.Exists(directory) || File.GetUnixFileMode(directory).HasFlag(UnixFileMode.OtherExecute);
}
