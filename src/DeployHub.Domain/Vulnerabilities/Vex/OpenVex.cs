namespace DeployHub.Domain.Vulnerabilities.Vex;

internal static class OpenVex
{
    public static IEnumerable<VexStatement> Read(JsonPlace document)
    {
        if (document.Text("@context")?.Contains("openvex", StringComparison.OrdinalIgnoreCase) is not true) throw document.Refuse("has statements, but @context does not say OpenVEX", "format");
        var written = document.Instant("last_updated") ?? document.Instant("timestamp");
        return document.Items("statements").SelectMany(statement => Statements(statement, written));
    }

    private static IEnumerable<VexStatement> Statements(JsonPlace statement, DateTimeOffset? written)
    {
        var vulnerability = statement.Member("vulnerability") ?? throw statement.Refuse("has no vulnerability");
        string[] ids = vulnerability.IsText ? [vulnerability.AsText()] // as before version 0.2
            : [vulnerability.Text("name") ?? vulnerability.Needed("@id"), .. vulnerability.Items("aliases").Select(alias => alias.AsText())];
        var status = Status(statement);
        var justification = statement.Text("justification") ?? statement.Text("impact_statement");
        var at = statement.Instant("last_updated") ?? statement.Instant("timestamp") ?? written;

        foreach (var product in statement.Items("products"))
        {
            var parts = product.IsObject ? product.Items("subcomponents").Select(Product).ToList() : [];
            if (parts.Count == 0) yield return new VexStatement(ids, Product(product), null, status, justification, at);
            foreach (var part in parts) yield return new VexStatement(ids, Product(product), part, status, justification, at);
        }
    }

    private static VexStatus Status(JsonPlace statement) => statement.Needed("status") switch
    {
        "not_affected" => VexStatus.NotAffected,
        "affected" => VexStatus.Affected,
        "fixed" => VexStatus.Fixed,
        "under_investigation" => VexStatus.UnderInvestigation,
        var other => throw statement.Refuse($"has the unknown status {Words.Beginning(other, 50)}"),
    };

    private static VexProduct Product(JsonPlace product)
    {
        if (product.IsText) return VexProduct.Named(product.AsText());
        var identifiers = product.Member("identifiers");
        var name = product.Text("@id") ?? identifiers?.Text("purl") ?? throw product.Refuse("has neither @id nor a package URL");
        var sha256 = product.Member("hashes") is { IsObject: true } hashes ? hashes.Text("sha-256") : null;
        return new VexProduct(name, VexProduct.Read(identifiers?.Text("purl") ?? name), sha256);
    }
}
