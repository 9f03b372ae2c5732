using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory.Materials;

/// <summary>Packages by a package URL with <c>*</c> for any characters, such as <c>pkg:npm/event-stream@3.3.6</c> or <c>pkg:maven/org.example/*</c>. Without a version it means all versions.</summary>
public sealed partial class PackagePattern
{
    private readonly string _package;
    private readonly string? _version;

    private PackagePattern(string text)
    {
        var at = text.LastIndexOf('@');
        var namesVersion = at > text.LastIndexOf('/') + 1;
        _package = namesVersion ? text[..at] : text;
        _version = namesVersion ? text[(at + 1)..] : null;
    }

    /// <summary>Refused with <c>purl-pattern.malformed</c>.</summary>
    public static Result<PackagePattern> Parse(string text) =>
        text.Length <= PackageUrl.Longest && text.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase) && text.Split('/') is { Length: > 1 } parts && parts[^1].Length > 0 && text.IndexOfAny(['?', '#']) < 0
            ? new PackagePattern(Uri.UnescapeDataString(text["pkg:".Length..]))
            : new Error(ErrorKind.Invalid, "purl-pattern.malformed", $"“{Words.Beginning(text, 200)}” is no pattern of package URLs such as pkg:npm/event-stream@3.3.6 or pkg:maven/org.example/*: write it without qualifiers and subpath.");

    /// <summary>What has no package URL is called <c>pkg:generic/name@version</c>; a version that is said beside the URL counts where the URL says none.</summary>
    public bool Matches(BomComponent component) => component.Purl is { } url ? Matches(url.Package, url.Version ?? component.Version) : Matches($"generic/{component.Name}", component.Version);

    private bool Matches(string package, string? version)
    {
        var (pattern, name) = package.StartsWith("pypi/", StringComparison.Ordinal) ? (Plain(_package), Plain(package)) : (_package, package);
        return _version is null ? Wildcard.Matches(pattern, name) : Wildcard.Matches($"{pattern}@{_version}", $"{name}@{version}");
    }

    /// <summary>PyPI takes these for the same: <c>zope.interface</c>, <c>zope_interface</c>.</summary>
    private static string Plain(string text) => Separators().Replace(text, "-");

    [GeneratedRegex("[-_.]+")]
    private static partial Regex Separators();
}
