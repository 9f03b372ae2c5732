using DeployHub.Domain.Inventory.Materials;

namespace DeployHub.Domain.Vulnerabilities.Vex;

/// <summary>What somebody found out about a vulnerability in a product, the gravest last.</summary>
public enum VexStatus
{
    NotAffected,
    Fixed,
    UnderInvestigation,
    Affected,
}

/// <param name="Vulnerabilities">Its id with all its aliases.</param>
/// <param name="Part">What inside the product the statement is about; null when it is about the product itself.</param>
/// <param name="Justification">Why the product is not affected; null when nothing is said.</param>
/// <param name="At">Null when the document does not say when.</param>
public sealed record VexStatement(IReadOnlyList<string> Vulnerabilities, VexProduct Product, VexProduct? Part, VexStatus Status, string? Justification, DateTimeOffset? At)
{
    /// <summary>A claim that something is not affected counts only with its reason, as OpenVEX and CSAF ask for.</summary>
    public bool Clears => Status is VexStatus.Fixed || (Status is VexStatus.NotAffected && !string.IsNullOrWhiteSpace(Justification));
}

/// <summary>Something a statement is about.</summary>
/// <param name="Name">As the document names it.</param>
/// <param name="Sha256">Hexadecimal digits; null when none are said.</param>
/// <param name="Version">The only version that is meant; null for what the package URL says.</param>
/// <param name="OtherThan">Versions that are not meant; null for none.</param>
public sealed record VexProduct(string Name, PackageUrl? Purl, string? Sha256 = null, string? Version = null, IReadOnlyList<string>? OtherThan = null)
{
    public static VexProduct Named(string name) => new(name, Read(name));

    public static PackageUrl? Read(string? text) => text is not null && PackageUrl.Parse(text) is { Error: null } purl ? purl.Value : null;

    /// <summary>Without a version it means all; qualifiers that it says have to be there. A reference, which any document may use for anything, counts only where no package URL is said.</summary>
    public bool IsAbout(BomComponent component)
    {
        var version = component.Purl?.Version ?? component.Version;
        if (Version is not null && Version != version) return false;
        if (version is not null && OtherThan?.Contains(version) is true) return false;
        if (component.Reference is not null && component.Reference == Name && (Purl is null || Purl == Read(Name))) return true;
        if (Sha256 is not null && Sha256.Equals(component.Digest?.Hex, StringComparison.OrdinalIgnoreCase)) return true;
        return Purl is not null && component.Purl is { } other && Purl.Package == other.Package && (Purl.Version is null || Purl.Version == other.Version)
            && Purl.Qualifiers.All(qualifier => other.Qualifiers.GetValueOrDefault(qualifier.Key) == qualifier.Value);
    }
}
