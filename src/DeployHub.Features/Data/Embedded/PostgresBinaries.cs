using System.Text.RegularExpressions;

namespace DeployHub.Features.Data.Embedded;

/// <summary>The programs <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> of one major version.</summary>
internal sealed partial record PostgresBinaries(string Directory, int Major)
{
    private const int OldestThatWorks = 14;
    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public string Initdb => Path.Combine(Directory, "initdb" + Suffix);

    public string PgCtl => Path.Combine(Directory, "pg_ctl" + Suffix);

    /// <summary>The newest that are installed; of exactly one major version when a cluster of that version exists already.</summary>
    public static async Task<PostgresBinaries?> FindAsync(int? major, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in Places().Where(IsComplete).Distinct())
            if (await ReadAsync(directory, cancellation) is { } binaries) found.Add(binaries);
        return found.Where(binaries => binaries.Major >= OldestThatWorks && (major is null || binaries.Major == major)).MaxBy(binaries => binaries.Major);
    }

    /// <summary>Those in this directory, or null when one is missing or does not run here.</summary>
    public static async Task<PostgresBinaries?> ReadAsync(string directory, CancellationToken cancellation)
    {
        if (!IsComplete(directory)) return null;
        var (exitCode, output) = await CommandLine.RunAsync([Path.Combine(directory, "postgres" + Suffix), "--version"], directory, cancellation);
        return exitCode == 0 && Version().Match(output) is { Success: true } match ? new(directory, int.Parse(match.Groups[1].Value)) : null;
    }

    public static IEnumerable<string> PathDirectories() =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Places() =>
    [
        .. Below("/usr/lib/postgresql", "bin"), // Debian, Ubuntu
        .. Below("/usr", "bin", "pgsql-*"), // Red Hat, from postgresql.org
        .. PathDirectories().Select(RealDirectory),
        .. Below("/opt/homebrew/opt", "bin", "postgresql*"),
        .. Below("/usr/local/opt", "bin", "postgresql*"),
        .. Below("/Applications/Postgres.app/Contents/Versions", "bin"),
        .. Below(Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "bin"),
    ];

    private static IEnumerable<string> Below(string directory, string leaf, string pattern = "*") =>
        System.IO.Directory.Exists(directory)
            ? System.IO.Directory.EnumerateDirectories(directory, pattern).Select(child => Path.Combine(child, leaf))
            : [];

    /// <summary>Follows a link on the PATH to where its siblings are.</summary>
    private static string RealDirectory(string directory)
    {
        var program = new FileInfo(Path.Combine(directory, "pg_ctl" + Suffix));
        return program.Exists && program.ResolveLinkTarget(returnFinalTarget: true) is { } real ? Path.GetDirectoryName(real.FullName)! : directory;
    }

    private static bool IsComplete(string directory) =>
        Programs.All(program => File.Exists(Path.Combine(directory, program + Suffix)));

    [GeneratedRegex(@"PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
