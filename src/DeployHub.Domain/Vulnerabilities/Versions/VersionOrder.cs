namespace DeployHub.Domain.Vulnerabilities.Versions;

/// <summary>By whose rules one version comes before another.</summary>
public enum VersionScheme
{
    SemVer,
    NuGet,
    Pep440,
    Maven,
    Debian,
    RubyGems,
}

/// <summary>The order of versions, which is another in each ecosystem.</summary>
public static class VersionOrder
{
    /// <summary>Characters; no ecosystem has longer ones.</summary>
    public const int Longest = 256;

    /// <summary>Below zero, zero or above it as the left one is older, the same or newer; null when one of them is no version of that scheme.</summary>
    public static int? Compare(VersionScheme scheme, string left, string right) => left.Length > Longest || right.Length > Longest ? null : scheme switch
    {
        VersionScheme.SemVer => SemVer.Compare(left, right, StringComparison.Ordinal),
        VersionScheme.NuGet => SemVer.Compare(left, right, StringComparison.OrdinalIgnoreCase),
        VersionScheme.Pep440 => Pep440.Compare(left, right),
        VersionScheme.Maven => MavenVersion.Compare(left, right),
        VersionScheme.Debian => DebianVersion.Compare(left, right),
        VersionScheme.RubyGems => GemVersion.Compare(left, right),
        _ => null,
    };

    /// <summary>Of two numbers in ASCII digits, however many.</summary>
    internal static int Digits(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }

    internal static bool AreDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
