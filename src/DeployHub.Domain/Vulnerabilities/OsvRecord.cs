namespace DeployHub.Domain.Vulnerabilities;

/// <summary>A vulnerability as the Open Source Vulnerability format (OSV 1.x) tells it.</summary>
/// <param name="Withdrawn">Since when nobody believes it any more; null while it stands.</param>
/// <param name="Vectors">CVSS vectors as written, of the whole and of single packages.</param>
/// <param name="Rating">In its database's own words, such as <c>MODERATE</c>; null when it says none.</param>
public sealed record OsvRecord(
    string Id, DateTimeOffset Modified, DateTimeOffset? Withdrawn, IReadOnlyList<string> Aliases, string Summary, IReadOnlyList<string> Vectors, string? Rating, IReadOnlyList<AffectedPackage> Affected)
{
    /// <summary>Bytes of one record.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    public const int MostPackages = 20_000;

    /// <summary>Refused with <c>osv.…</c>, saying where.</summary>
    public static Result<OsvRecord> Parse(ReadOnlyMemory<byte> bytes) => bytes.Length > MostBytes
        ? new Error(ErrorKind.Invalid, "osv.size", $"A vulnerability has at most {MostBytes / 1024 / 1024} MiB.")
        : JsonPlace.Read(bytes, "osv", "The vulnerability", OsvReader.Read);
}

/// <summary>What of one package is affected.</summary>
/// <param name="Ecosystem">As written, with a release: <c>Debian:12</c>.</param>
/// <param name="Versions">Affected ones, one by one.</param>
public sealed record AffectedPackage(string Ecosystem, string Name, IReadOnlyList<AffectedRange> Ranges, IReadOnlyList<string> Versions);

/// <param name="IsSemVer">The versions are ordered by Semantic Versioning; else as the ecosystem does.</param>
public sealed record AffectedRange(bool IsSemVer, IReadOnlyList<RangeEvent> Events);

public enum RangeEventKind
{
    /// <summary>Affected from here on; <c>0</c> is before every version.</summary>
    Introduced,

    /// <summary>Not affected from here on.</summary>
    Fixed,

    /// <summary>Not affected after this one.</summary>
    LastAffected,

    /// <summary>The range says nothing of this one and newer ones.</summary>
    Limit,
}

public sealed record RangeEvent(RangeEventKind Kind, string Version);
