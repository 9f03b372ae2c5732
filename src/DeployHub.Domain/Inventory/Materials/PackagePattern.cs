namespace DeployHub.Domain.Inventory.Materials;

/// <summary>Packages by a package URL with <c>*</c> for any characters, such as <c>pkg:npm/event-stream@3.3.6</c> or <c>pkg:maven/org.example/*</c>. Without a version it means all versions.</summary>
public sealed class PackagePattern
{
    private readonly string _text;
    private readonly bool _namesVersion;

    private PackagePattern(string text)
    {
        _text = text;
        _namesVersion = text.LastIndexOf('@') is var at && at > text.LastIndexOf('/') + 1;
    }

    /// <summary>Refused with <c>purl-pattern.malformed</c>.</summary>
    public static Result<PackagePattern> Parse(string text) =>
        text.Length <= PackageUrl.Longest && text.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase) && text.Split('/') is { Length: > 1 } parts && parts[^1].Length > 0 && text.IndexOfAny(['?', '#']) < 0
            ? new PackagePattern(Uri.UnescapeDataString(text["pkg:".Length..]))
            : new Error(ErrorKind.Invalid, "purl-pattern.malformed", $"“{Words.Beginning(text, 200)}” is no pattern of package URLs such as pkg:npm/event-stream@3.3.6 or pkg:maven/org.example/*: write it without qualifiers and subpath.");

    public bool Matches(PackageUrl url) => Matches(url.Package, url.Version);

    /// <summary>What has no package URL is called <c>pkg:generic/name@version</c>.</summary>
    public bool Matches(BomComponent component) => component.Purl is { } url ? Matches(url) : Matches($"generic/{component.Name}", component.Version);

    private bool Matches(string package, string? version) => Wildcard.Matches(_text, _namesVersion ? $"{package}@{version}" : package);
}
