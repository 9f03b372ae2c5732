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
        var justification = analysis.Text("justification") ?? (status is VexStatus.NotAffected ? analysis.Text("detail") : null);
        var at = analysis.Instant("lastUpdated") ?? vulnerability.Instant("updated") ?? written;
        foreach (var affects in vulnerability.Items("affects"))
        {
            var product = Product(affects.Needed("ref"), purls);
            var versions = affects.Items("versions").ToList();
            var named = versions.Select(version => version.Text("version")).OfType<string>().ToList();
            if (versions.Count == 0) yield return new VexStatement(ids, product, null, status, justification, at);
            foreach (var version in versions)
                yield return version.Text("version") is { } one
                    ? new VexStatement(ids, product with { Version = one }, null, OfVersion(version, status), justification, at)
                    : new VexStatement(ids, product with { OtherThan = named }, null, NotBelow(VexStatus.UnderInvestigation, status), justification, at); // ranges are not evaluated, so they clear nothing
        }
    }

    /// <summary>CycloneDX means affected when a version says nothing.</summary>
    private static VexStatus OfVersion(JsonPlace version, VexStatus status) => version.Text("status") switch
    {
        "unaffected" => status is VexStatus.Fixed ? VexStatus.Fixed : VexStatus.NotAffected,
        "unknown" => NotBelow(VexStatus.UnderInvestigation, status),
        _ => VexStatus.Affected,
    };

    private static VexStatus NotBelow(VexStatus least, VexStatus status) => status < least ? least : status;

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
