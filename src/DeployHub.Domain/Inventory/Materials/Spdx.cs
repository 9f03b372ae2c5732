namespace DeployHub.Domain.Inventory.Materials;

/// <summary>Reads SPDX 2 JSON.</summary>
internal static class Spdx
{
    private static readonly HashSet<string> Versions = ["SPDX-2.2", "SPDX-2.3"];

    public static BillOfMaterials Read(JsonPlace document)
    {
        var version = document.Needed("spdxVersion");
        if (!Versions.Contains(version)) throw document.Refuse($"is {Words.Beginning(version, 20)}; SPDX 2.2 and 2.3 are read", "format");

        var described = Described(document);
        var (subjects, components) = (new List<BomComponent>(), new List<BomComponent>());
        foreach (var package in document.Items("packages"))
        {
            if (subjects.Count + components.Count >= BillOfMaterials.MostComponents) throw package.Refuse($"is beyond the {BillOfMaterials.MostComponents:N0} packages that are read", "size");
            (described.Contains(package.Needed("SPDXID")) ? subjects : components).Add(Component(package));
        }

        // A document about several packages lists them: they are what it is made of.
        return subjects is [var subject] ? new BillOfMaterials(version.Replace('-', ' '), subject, components) : new BillOfMaterials(version.Replace('-', ' '), null, [.. subjects, .. components]);
    }

    private static HashSet<string> Described(JsonPlace document)
    {
        var described = document.Items("documentDescribes").Select(id => id.AsText()).ToHashSet();
        foreach (var relationship in document.Items("relationships"))
            if (relationship.Text("relationshipType") is "DESCRIBES" && relationship.Text("spdxElementId") is "SPDXRef-DOCUMENT") described.Add(relationship.Needed("relatedSpdxElement"));
            else if (relationship.Text("relationshipType") is "DESCRIBED_BY" && relationship.Text("relatedSpdxElement") is "SPDXRef-DOCUMENT") described.Add(relationship.Needed("spdxElementId"));
        return described;
    }

    private static BomComponent Component(JsonPlace package) => new(
        package.Text("primaryPackagePurpose")?.ToLowerInvariant(),
        package.Needed("name"),
        Said(package.Text("versionInfo")),
        package.Items("externalRefs").Where(reference => reference.Text("referenceType") is "purl").Select(reference => PackageUrl.Parse(reference.Needed("referenceLocator"))).FirstOrDefault(read => read.Error is null)?.Value,
        (Said(package.Text("licenseConcluded")) ?? Said(package.Text("licenseDeclared"))) is { } licence ? [BomLicence.OfExpression(licence)] : [],
        [.. package.Items("checksums").Select(checksum => BomHash.Of(checksum.Needed("algorithm"), checksum.Needed("checksumValue")))],
        package.Text("SPDXID"));

    /// <summary>SPDX's ways of saying nothing are nothing.</summary>
    private static string? Said(string? text) => text is null or "" or "NOASSERTION" or "NONE" ? null : text;
}
