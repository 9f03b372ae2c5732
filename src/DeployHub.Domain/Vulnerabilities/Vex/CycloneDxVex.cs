namespace DeployHub.Domain.Vulnerabilities.Vex;

internal static class CycloneDxVex
{
    public static IEnumerable<VexStatement> Read(JsonPlace document)
    {
        var written = document.Member("metadata")?.Instant("timestamp");
        var purls = new Dictionary<string, string>();
        if (document.Member("metadata")?.Member("component") is { } subject) Remember(subject, purls);
        foreach (var component in document.Items("components")) Remember(component, purls);
        return document.Items("vulnerabilities").SelectMany(vulnerability => Statements(vulnerability, purls, written));
    }

    private static IEnumerable<VexStatement> Statements(JsonPlace vulnerability, Dictionary<string, string> purls, DateTimeOffset? written)
    {
        if (vulnerability.Member("analysis") is not { } analysis || analysis.Text("state") is not { } state || vulnerability.Text("id") is not { } id) yield break;

        string[] ids = [id, .. vulnerability.Items("references").Select(reference => reference.Text("id")).OfType<string>()];
        var status = Status(analysis, state);
        var justification = analysis.Text("justification") ?? (state is "false_positive" ? "false_positive" : analysis.Text("detail"));
        var at = analysis.Instant("lastUpdated") ?? vulnerability.Instant("updated") ?? written;
        foreach (var affects in vulnerability.Items("affects"))
        {
            var product = Product(affects.Needed("ref"), purls);
            var versions = affects.Items("versions").ToList();
            if (versions.Count == 0 || versions.Exists(version => version.Text("version") is null)) yield return new VexStatement(ids, product, null, status, justification, at);
            foreach (var version in versions.Where(version => version.Text("version") is not null))
                yield return new VexStatement(ids, product with { Version = version.Needed("version") }, null, version.Text("status") is "unaffected" ? VexStatus.NotAffected : status, justification ?? version.Text("status"), at);
        }
    }

    private static VexStatus Status(JsonPlace analysis, string state) => state switch
    {
        "not_affected" or "false_positive" => VexStatus.NotAffected,
        "resolved" or "resolved_with_pedigree" => VexStatus.Fixed,
        "in_triage" => VexStatus.UnderInvestigation,
        "exploitable" => VexStatus.Affected,
        _ => throw analysis.Refuse($"has the unknown state {Words.Beginning(state, 50)}"),
    };

    private static void Remember(JsonPlace component, Dictionary<string, string> purls)
    {
        if (component.Text("bom-ref") is { } reference && component.Text("purl") is { } purl) purls.TryAdd(reference, purl);
        foreach (var part in component.Items("components")) Remember(part, purls);
    }

    /// <summary>By the reference in this document, or in another one that a BOM-Link names.</summary>
    private static VexProduct Product(string reference, Dictionary<string, string> purls)
    {
        var own = reference.StartsWith("urn:cdx:", StringComparison.Ordinal) && reference.IndexOf('#', StringComparison.Ordinal) is > 0 and var hash ? Uri.UnescapeDataString(reference[(hash + 1)..]) : reference;
        return new VexProduct(own, VexProduct.Read(purls.GetValueOrDefault(own, own)));
    }
}
