namespace DeployHub.Domain.Inventory.Materials;

/// <summary>Reads CycloneDX JSON. Nesting is bounded by the reading of JSON itself.</summary>
internal static class CycloneDx
{
    private static readonly HashSet<string> Versions = ["1.4", "1.5", "1.6", "1.7"];

    public static BillOfMaterials Read(JsonPlace document)
    {
        if (document.Text("bomFormat") is not "CycloneDX") throw document.Refuse("has another bomFormat than CycloneDX", "format");
        var version = document.Needed("specVersion");
        if (!Versions.Contains(version)) throw document.Refuse($"is CycloneDX {Words.Beginning(version, 20)}; 1.4 to 1.7 are read", "format");

        var subject = document.Member("metadata")?.Member("component");
        var components = new List<BomComponent>();
        if (subject is not null) AddInside(subject, components);
        AddInside(document, components);
        return new BillOfMaterials($"CycloneDX {version}", subject is null ? null : Component(subject), components);
    }

    private static void AddInside(JsonPlace whole, List<BomComponent> components)
    {
        foreach (var part in whole.Items("components"))
        {
            if (components.Count >= BillOfMaterials.MostComponents) throw part.Refuse($"is beyond the {BillOfMaterials.MostComponents:N0} components that are read", "size");
            components.Add(Component(part));
            AddInside(part, components);
        }
    }

    private static BomComponent Component(JsonPlace part)
    {
        var name = part.Needed("name");
        return new BomComponent(
            part.Text("type")?.ToLowerInvariant(),
            part.Text("group") is { Length: > 0 } group ? $"{group}/{name}" : name,
            part.Text("version") is { Length: > 0 } version ? version : null,
            part.Text("purl") is { } purl && PackageUrl.Parse(purl) is { Error: null } read ? read.Value : null,
            [.. part.Items("licenses").Select(Licence).OfType<BomLicence>()],
            [.. part.Items("hashes").Select(hash => BomHash.Of(hash.Needed("alg"), hash.Needed("content")))],
            part.Text("bom-ref"));
    }

    private static BomLicence? Licence(JsonPlace choice)
    {
        if (choice.Text("expression") is { } expression) return BomLicence.OfExpression(expression);
        if (choice.Member("license") is not { } licence) return null;
        if (licence.Text("id") is { } id) return BomLicence.OfExpression(id);
        return licence.Text("name") is { Length: > 0 } name ? BomLicence.OfName(name) : null;
    }
}
