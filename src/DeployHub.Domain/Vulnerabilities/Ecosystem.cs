using System.Text.RegularExpressions;
using DeployHub.Domain.Inventory.Materials;
using DeployHub.Domain.Vulnerabilities.Versions;

namespace DeployHub.Domain.Vulnerabilities;

/// <summary>Ecosystems as OSV names them, with a release behind a colon where versions depend on it: <c>npm</c>, <c>Debian:12</c>.</summary>
public static partial class Ecosystem
{
    private static readonly Dictionary<string, string> ByType = new()
    {
        ["npm"] = "npm",
        ["pypi"] = "PyPI",
        ["golang"] = "Go",
        ["maven"] = "Maven",
        ["nuget"] = "NuGet",
        ["gem"] = "RubyGems",
        ["cargo"] = "crates.io",
        ["composer"] = "Packagist",
        ["hex"] = "Hex",
        ["pub"] = "Pub",
        ["githubactions"] = "GitHub Actions",
        ["swift"] = "SwiftURL",
        ["hackage"] = "Hackage",
        ["cran"] = "CRAN",
        ["conan"] = "ConanCenter",
        ["bitnami"] = "Bitnami",
        ["julia"] = "Julia",
        ["opam"] = "opam",
        ["vscode-extension"] = "VSCode",
    };

    private static readonly Dictionary<string, string> ByDistribution = new()
    {
        ["debian"] = "Debian",
        ["ubuntu"] = "Ubuntu",
        ["alpine"] = "Alpine",
        ["wolfi"] = "Wolfi",
        ["chainguard"] = "Chainguard",
        ["almalinux"] = "AlmaLinux",
        ["rocky"] = "Rocky Linux",
        ["redhat"] = "Red Hat",
        ["rhel"] = "Red Hat",
        ["suse"] = "SUSE",
        ["opensuse"] = "openSUSE",
        ["mageia"] = "Mageia",
        ["photon"] = "Photon OS",
        ["azurelinux"] = "Azure Linux",
        ["openeuler"] = "openEuler",
    };

    private static readonly Dictionary<string, VersionScheme> Schemes = new()
    {
        ["npm"] = VersionScheme.SemVer,
        ["Go"] = VersionScheme.SemVer,
        ["crates.io"] = VersionScheme.SemVer,
        ["Hex"] = VersionScheme.SemVer,
        ["Pub"] = VersionScheme.SemVer,
        ["GitHub Actions"] = VersionScheme.SemVer,
        ["SwiftURL"] = VersionScheme.SemVer,
        ["NuGet"] = VersionScheme.NuGet,
        ["PyPI"] = VersionScheme.Pep440,
        ["Maven"] = VersionScheme.Maven,
        ["Debian"] = VersionScheme.Debian,
        ["Ubuntu"] = VersionScheme.Debian,
        ["RubyGems"] = VersionScheme.RubyGems,
    };

    /// <summary>Without the release: <c>Debian</c>.</summary>
    public static string BaseOf(string ecosystem) => ecosystem.Split(':', 2)[0];

    /// <summary>Null when the order of its versions is not known here, so that only listed versions can be told.</summary>
    public static VersionScheme? SchemeOf(string ecosystem) => Schemes.TryGetValue(BaseOf(ecosystem), out var scheme) ? scheme : null;

    /// <summary>One spelling for one package.</summary>
    public static string NameIn(string ecosystem, string name) => BaseOf(ecosystem) switch
    {
        "PyPI" => Separators().Replace(name, "-").ToLowerInvariant(),
        "NuGet" or "Packagist" or "GitHub Actions" or "SwiftURL" or "VSCode" => name.ToLowerInvariant(),
        _ => name,
    };

    /// <summary>Where a package is looked up; null when no list of vulnerabilities speaks of its type.</summary>
    public static PackageKey? KeyOf(PackageUrl url, string? version)
    {
        var isOfDistribution = url.Type is "deb" or "apk" or "rpm";
        var ecosystem = isOfDistribution ? ByDistribution.GetValueOrDefault(url.Namespace?.ToLowerInvariant() ?? "") : ByType.GetValueOrDefault(url.Type);
        if (ecosystem is null) return null;
        if (isOfDistribution) return OfDistribution(ecosystem, url, version);

        var name = (url.Type, url.Namespace) switch
        {
            (_, null) => url.Name,
            ("maven", var group) => $"{group}:{url.Name}",
            (_, var scope) => $"{scope}/{url.Name}",
        };
        return new PackageKey(ecosystem, NameIn(ecosystem, name), url.Version ?? version, Release: null);
    }

    /// <summary>Distributions speak of source packages, which <c>upstream</c> names when the binary one is called otherwise.</summary>
    private static PackageKey OfDistribution(string ecosystem, PackageUrl url, string? version)
    {
        var source = (url.Qualifiers.GetValueOrDefault("upstream") is { Length: > 0 } upstream ? upstream : url.Name).Split('@', 2);
        var digits = ReleaseNumber().Match(url.Qualifiers.GetValueOrDefault("distro", ""));
        var epoch = url.Qualifiers.GetValueOrDefault("epoch") is { Length: > 0 } number ? $"{number}:" : "";
        return new PackageKey(ecosystem, source[0], source.Length > 1 ? source[1] : (url.Version ?? version) is { } own ? epoch + own : null, digits.Success ? digits.Value : null);
    }

    /// <summary>Whether a list for that release speaks of the package: <c>Debian:12</c> of release 12, <c>Alpine:v3.19</c> of 3.19.1. Without a release, each may.</summary>
    public static bool IsOf(string listed, PackageKey package)
    {
        var parts = listed.Split(':');
        if (parts[0] != package.Ecosystem) return false;
        if (parts.Length == 1 || package.Release is not { } release) return true;
        return parts.Skip(1).Select(part => part.TrimStart('v')).Any(part => release == part || release.StartsWith($"{part}.", StringComparison.Ordinal));
    }

    [GeneratedRegex("[-_.]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)*")]
    private static partial Regex ReleaseNumber();
}

/// <summary>A package as a list of vulnerabilities names it.</summary>
/// <param name="Ecosystem">Without a release.</param>
/// <param name="Version">Null when nobody said it.</param>
/// <param name="Release">Of the distribution, such as <c>12</c>; null when there is none or nobody said it.</param>
public sealed record PackageKey(string Ecosystem, string Name, string? Version, string? Release);
