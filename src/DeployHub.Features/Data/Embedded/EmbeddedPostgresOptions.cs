namespace DeployHub.Features.Data.Embedded;

/// <param name="FsyncOff">For tests only: fast, and lost with the power.</param>
/// <param name="ExtraSettings">Lines of postgresql.conf by name; values are quoted for you.</param>
/// <param name="UseInstalled">False takes the npm package even where PostgreSQL is installed.</param>
public sealed record EmbeddedPostgresOptions(
    bool FsyncOff = false, IReadOnlyDictionary<string, string>? ExtraSettings = null, bool UseInstalled = true);
