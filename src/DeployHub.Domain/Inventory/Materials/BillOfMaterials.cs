namespace DeployHub.Domain.Inventory.Materials;

/// <summary>What an artefact is made of (an SBOM), read from CycloneDX 1.4 to 1.7 or SPDX 2.2 and 2.3, both as JSON.</summary>
/// <param name="Format">Such as <c>CycloneDX 1.6</c>.</param>
/// <param name="Subject">What the document is about; null when it does not say, or names several.</param>
/// <param name="Components">All of them, also those inside others, in the document's order.</param>
public sealed record BillOfMaterials(string Format, BomComponent? Subject, IReadOnlyList<BomComponent> Components)
{
    /// <summary>Bytes.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    public const int MostComponents = 100_000;

    /// <summary>Refused with <c>sbom.…</c>, saying where.</summary>
    public static Result<BillOfMaterials> Parse(ReadOnlyMemory<byte> bytes) => bytes.Length > MostBytes
        ? new Error(ErrorKind.Invalid, "sbom.size", $"The SBOM is larger than {MostBytes / 1024 / 1024} MiB.")
        : JsonPlace.Read(bytes, "sbom", "The SBOM", document => !document.IsObject ? throw document.Refuse("is no object")
            : document.Member("bomFormat") is not null ? CycloneDx.Read(document)
            : document.Member("spdxVersion") is not null ? Spdx.Read(document)
            : throw document.Refuse("is neither CycloneDX nor SPDX 2 as JSON: it says neither bomFormat nor spdxVersion", "format"));
}

/// <summary>A part of something, as an SBOM tells it.</summary>
/// <param name="Kind">As the document says it, in lower case, such as <c>library</c>; null when it does not.</param>
/// <param name="Purl">Null when none is said, or none that can be read.</param>
/// <param name="Licences">What all has to be kept: an OR is inside one of them.</param>
/// <param name="Reference">What other parts of the document call it; null when they cannot.</param>
public sealed record BomComponent(string? Kind, string Name, string? Version, PackageUrl? Purl, IReadOnlyList<BomLicence> Licences, IReadOnlyList<BomHash> Hashes, string? Reference = null)
{
    /// <summary>Software, which somebody may have published; a file, a device and data are none.</summary>
    public bool IsPackage => Purl is not null || Kind is not ("file" or "device" or "data");

    /// <summary>The digest of what it is; null when the document does not tell it as SHA-256.</summary>
    public Digest? Digest
    {
        get
        {
            var sha256 = Hashes.FirstOrDefault(hash => hash.Algorithm == "SHA256")?.Content ?? Purl?.Version?.Split("sha256:") switch { ["", var hex] => hex, _ => null };
            return DeployHub.Domain.Digest.Parse($"sha256:{sha256}") is { Error: null } digest ? digest.Value : null;
        }
    }

    /// <summary>How a sentence names it.</summary>
    public override string ToString() => Purl is not null ? $"{Purl.Package} {Purl.Version ?? Version}".TrimEnd() : $"{Name} {Version}".TrimEnd();
}

/// <summary>One statement about licences: an SPDX expression, or the name of one that is not in SPDX's list.</summary>
public sealed record BomLicence(LicenceExpression? Expression, string Text)
{
    public static BomLicence OfExpression(string text) => new(LicenceExpression.Parse(text) is { Error: null } read ? read.Value : null, text);

    /// <summary>A name may hold an expression all the same.</summary>
    public static BomLicence OfName(string name) => OfExpression(name) with { IsName = true };

    /// <summary>Not meant as an expression.</summary>
    public bool IsName { get; private init; }

    /// <summary>Nobody can tell which licences it means.</summary>
    public bool IsUnreadable => Expression is null && !IsName;
}

/// <param name="Algorithm">In upper case without hyphens, such as <c>SHA256</c>.</param>
/// <param name="Content">Hexadecimal digits.</param>
public sealed record BomHash(string Algorithm, string Content)
{
    public static BomHash Of(string algorithm, string content) => new(algorithm.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant(), content);
}
