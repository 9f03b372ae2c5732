namespace DeployHub.Features.Data.Embedded;

/// <summary>Our own lines of postgresql.conf.</summary>
internal static class ClusterSettings
{
    public static IEnumerable<string> Lines(int port, EmbeddedPostgresOptions options) =>
        new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = $"{port}",
            ["unix_socket_directories"] = "",
            ["max_connections"] = "200",
        }
        .Concat(options.FsyncOff ? ForTests : [])
        .Concat(options.ExtraSettings ?? new Dictionary<string, string>())
        .Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'");

    private static readonly Dictionary<string, string> ForTests = new()
    {
        ["fsync"] = "off",
        ["full_page_writes"] = "off",
    };
}
