namespace DeployHub.Domain.Vulnerabilities;

internal static class OsvReader
{
    private const int LongestId = 100; // with ecosystem and name it is the key of an index
    private const int LongestEcosystem = 100;
    private const int LongestName = 300;
    private const int LongestSummary = 500;
    private const int MostAliases = 200;

    private static readonly (string Member, RangeEventKind Kind)[] Kinds =
        [("introduced", RangeEventKind.Introduced), ("fixed", RangeEventKind.Fixed), ("last_affected", RangeEventKind.LastAffected), ("limit", RangeEventKind.Limit)];

    public static OsvRecord Read(JsonPlace record)
    {
        if (!record.IsObject) throw record.Refuse("is no object");
        return new OsvRecord(
            Short(record, "id", LongestId),
            record.Instant("modified") ?? throw record.Refuse("has no modified"),
            record.Instant("withdrawn"),
            [.. record.Items("aliases").Take(MostAliases).Select(alias => Words.Beginning(alias.AsText(), LongestId))],
            record.BeginningOf("summary", LongestSummary) ?? record.BeginningOf("details", LongestSummary) ?? "",
            [.. Vectors(record).Distinct()],
            Rating(record),
            Affected(record));
    }

    /// <summary>Of the whole and of single packages.</summary>
    private static IEnumerable<string> Vectors(JsonPlace record) =>
        record.Items("severity").Concat(record.Items("affected").SelectMany(affected => affected.Items("severity"))).Select(Vector).OfType<string>();

    private static string? Vector(JsonPlace severity) => severity.Text("type") is "CVSS_V3" or "CVSS_V4" && severity.Text("score") is { Length: <= 500 } vector ? vector : null;

    private static string? Rating(JsonPlace record) =>
        record.Member("database_specific") is { IsObject: true } own && own.Member("severity") is { IsText: true } severity ? Words.Beginning(severity.AsText(), 20) : null;

    private static List<AffectedPackage> Affected(JsonPlace record)
    {
        var packages = new List<AffectedPackage>();
        foreach (var affected in record.Items("affected"))
        {
            if (affected.Member("package") is not { } package) continue; // a range of commits alone speaks of no package
            if (packages.Count >= OsvRecord.MostPackages) throw affected.Refuse($"is beyond the {OsvRecord.MostPackages:N0} packages that are read", "size");
            packages.Add(new AffectedPackage(Short(package, "ecosystem", LongestEcosystem), Short(package, "name", LongestName), [.. affected.Items("ranges").Select(Range).OfType<AffectedRange>()], [.. affected.Items("versions").Select(version => version.AsText())]));
        }

        return packages;
    }

    /// <summary>Null for a range of commits, which no version can be compared with.</summary>
    private static AffectedRange? Range(JsonPlace range) => range.Needed("type") switch
    {
        "GIT" => null,
        "SEMVER" => new AffectedRange(true, Events(range)),
        "ECOSYSTEM" => new AffectedRange(false, Events(range)),
        var other => throw range.Refuse($"has the unknown type {Words.Beginning(other, 50)}"),
    };

    private static List<RangeEvent> Events(JsonPlace range) =>
        [.. from e in range.Items("events") from kind in Kinds where e.Text(kind.Member) is not null select new RangeEvent(kind.Kind, e.Needed(kind.Member))];

    private static string Short(JsonPlace place, string member, int longest) =>
        place.Needed(member) is { } text && text.Length <= longest ? text : throw place.Refuse($"has a {member} of more than {longest} characters", "size");
}
