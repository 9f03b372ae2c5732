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
        "Go" or "NuGet" or "Packagist" or "GitHub Actions" or "SwiftURL" or "VSCode" => name.ToLowerInvariant(),
        _ => name,
    };

    /// <summary>The ways to name a package that are looked up: of rpms some databases list the source package, others the package itself.</summary>
    public static IReadOnlyList<PackageUrl> SpellingsOf(PackageUrl url) => url.Type == "rpm" && NamesSource(url)
        ? [url, url with { Qualifiers = url.Qualifiers.Where(qualifier => qualifier.Key != "upstream").ToDictionary() }]
        : [url];

    /// <summary>Whether a package of a distribution tells its source package, or is one.</summary>
    public static bool NamesSource(PackageUrl url) => url.Qualifiers.GetValueOrDefault("upstream") is { Length: > 0 } || url.Qualifiers.GetValueOrDefault("arch") is "source" or "src";

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
        var upstream = url.Qualifiers.GetValueOrDefault("upstream") is { Length: > 0 } said ? said : url.Name;
        var source = SourceRpm().Match(upstream) is { Success: true } file ? [file.Groups[1].Value] : upstream.Split('@', 2);
        var epoch = url.Qualifiers.GetValueOrDefault("epoch") is { Length: > 0 } number ? $"{number}:" : "";
        return new PackageKey(ecosystem, source[0], source.Length > 1 ? source[1] : (url.Version ?? version) is { } own ? epoch + own : null, NumberOf(url.Qualifiers.GetValueOrDefault("distro", "")));
    }

    /// <summary>
    /// Whether a list for that release may speak of the package: <c>Debian:12</c> of release 12, <c>Alpine:v3.19</c> of 3.19.1,
    /// <c>SUSE:Linux Enterprise Server 15 SP5</c> of 15.5. Where either says no release, or no number of it, it may.
    /// </summary>
    public static bool IsOf(string listed, PackageKey package)
    {
        var parts = listed.Split(':', 2);
        if (parts[0] != package.Ecosystem) return false;
        if (parts.Length == 1 || package.Release is not { } release) return true;
        var numbers = parts[1].Split(':').Select(NumberOf).OfType<string>().ToList();
        return numbers.Count == 0 || numbers.Exists(number => IsWithin(release, number) || IsWithin(number, release));
    }

    private static bool IsWithin(string release, string whole) => release == whole || release.StartsWith($"{whole}.", StringComparison.Ordinal);

    /// <summary>A service pack is the number behind the full stop, as distributions say it of themselves; null when there is no number.</summary>
    private static string? NumberOf(string release) => ReleaseNumber().Match(release) is not { Success: true } number ? null
        : number.Groups[2].Success ? $"{number.Groups[1].Value}.{number.Groups[2].Value}"
        : number.Groups[1].Value;

    [GeneratedRegex("[-_.]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]+)*)(?:-LTS)?(?:[ _-]?SP([0-9]+))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReleaseNumber();

    [GeneratedRegex(@"^(.+)-[^-]+-[^-]+\.(?:no)?src\.rpm\z")]
    private static partial Regex SourceRpm();
}

/// <summary>A package as a list of vulnerabilities names it.</summary>
/// <param name="Ecosystem">Without a release.</param>
/// <param name="Version">Null when nobody said it.</param>
/// <param name="Release">Of the distribution, such as <c>12</c>; null when there is none or nobody said it.</param>
public sealed record PackageKey(string Ecosystem, string Name, string? Version, string? Release);
