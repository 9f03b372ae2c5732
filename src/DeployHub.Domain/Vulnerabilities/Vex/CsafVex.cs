namespace DeployHub.Domain.Vulnerabilities.Vex;

internal static class CsafVex
{
    private const string Version = "2.0";

    private static readonly (string Member, VexStatus Status)[] Statuses =
    [
        ("known_not_affected", VexStatus.NotAffected), ("fixed", VexStatus.Fixed), ("first_fixed", VexStatus.Fixed), ("under_investigation", VexStatus.UnderInvestigation),
        ("known_affected", VexStatus.Affected), ("first_affected", VexStatus.Affected), ("last_affected", VexStatus.Affected),
    ];

    public static IEnumerable<VexStatement> Read(JsonPlace root)
    {
        var document = root.Member("document")!;
        if (document.Needed("csaf_version") is not Version) throw document.Refuse($"is not CSAF {Version}", "format");

        var at = document.Member("tracking")?.Instant("current_release_date");
        var products = Products(root);
        var groups = root.Member("product_tree")?.Items("product_groups").ToLookup(group => group.Needed("group_id"), group => group.Items("product_ids").Select(id => id.AsText()).ToList());
        return root.Items("vulnerabilities").SelectMany(vulnerability => Statements(vulnerability, products, groups, at));
    }

    private static IEnumerable<VexStatement> Statements(JsonPlace vulnerability, Dictionary<string, (VexProduct Product, VexProduct? Part)> products, ILookup<string, List<string>>? groups, DateTimeOffset? at)
    {
        string[] ids = [.. new[] { vulnerability.Text("cve") }.OfType<string>(), .. vulnerability.Items("ids").Select(id => id.Needed("text"))];
        if (ids.Length == 0 || vulnerability.Member("product_status") is not { } status) yield break;

        var reasons = Reasons(vulnerability, groups);
        foreach (var (member, said) in Statuses)
            foreach (var place in status.Items(member))
            {
                var id = place.AsText();
                if (!products.TryGetValue(id, out var product)) throw place.Refuse("names a product that the product tree does not have");
                yield return new VexStatement(ids, product.Product, product.Part, said, reasons.GetValueOrDefault(id), at);
            }
    }

    /// <summary>Why which product is not affected: a flag, or an impact that is described.</summary>
    private static Dictionary<string, string> Reasons(JsonPlace vulnerability, ILookup<string, List<string>>? groups)
    {
        var reasons = new Dictionary<string, string>();
        foreach (var flag in vulnerability.Items("flags"))
            foreach (var id in ProductsOf(flag, groups)) reasons.TryAdd(id, flag.Needed("label"));
        foreach (var threat in vulnerability.Items("threats").Where(threat => threat.Text("category") is "impact"))
            foreach (var id in ProductsOf(threat, groups)) reasons.TryAdd(id, threat.Needed("details"));
        return reasons;
    }

    private static IEnumerable<string> ProductsOf(JsonPlace place, ILookup<string, List<string>>? groups) =>
        place.Items("product_ids").Select(id => id.AsText()).Concat(groups is null ? [] : place.Items("group_ids").SelectMany(group => groups[group.AsText()]).SelectMany(ids => ids));

    private static Dictionary<string, (VexProduct, VexProduct?)> Products(JsonPlace root)
    {
        var products = new Dictionary<string, (VexProduct, VexProduct?)>();
        if (root.Member("product_tree") is not { } tree) return products;

        foreach (var named in tree.Items("full_product_names").Concat(tree.Items("branches").SelectMany(InBranch))) products.TryAdd(named.Needed("product_id"), (Product(named), null));
        foreach (var relationship in tree.Items("relationships"))
        {
            var whole = relationship.Member("full_product_name") ?? throw relationship.Refuse("has no full_product_name");
            var isKnown = products.TryGetValue(relationship.Needed("product_reference"), out var part) & products.TryGetValue(relationship.Needed("relates_to_product_reference"), out var platform);
            if (isKnown) products.TryAdd(whole.Needed("product_id"), (platform.Item1, part.Item1));
        }

        return products;
    }

    /// <summary>As deep as JSON may be nested, and no deeper.</summary>
    private static IEnumerable<JsonPlace> InBranch(JsonPlace branch) =>
        (branch.Member("product") is { } product ? [product] : Array.Empty<JsonPlace>()).Concat(branch.Items("branches").SelectMany(InBranch));

    private static VexProduct Product(JsonPlace named)
    {
        var helper = named.Member("product_identification_helper");
        var sha256 = helper?.Items("hashes").SelectMany(hash => hash.Items("file_hashes")).FirstOrDefault(hash => hash.Text("algorithm") is "sha256")?.Text("value");
        return new VexProduct(named.Needed("product_id"), VexProduct.Read(helper?.Text("purl")), sha256);
    }
}
