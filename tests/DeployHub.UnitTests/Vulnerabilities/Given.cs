using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory.Materials;
using DeployHub.Domain.Vulnerabilities;
using DeployHub.Domain.Vulnerabilities.Vex;

namespace DeployHub.UnitTests.Vulnerabilities;

internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    public const string High = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N";
    public const string Low = "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N";

    public static BomComponent Component(string purl) => new("library", PackageUrl.Parse(purl).Value.Name, null, PackageUrl.Parse(purl).Value, [], []);

    public static BillOfMaterials Bom(params string[] purls) => new("CycloneDX 1.6", Component("pkg:generic/shop@1.0.0"), [.. purls.Select(Component)]);

    public static IEnumerable<ListedPackage> Listed(params string[] records)
    {
        foreach (var read in records.Select(record => OsvRecord.Parse(Encoding.UTF8.GetBytes(record)).Value))
            foreach (var package in VulnerablePackage.Of(read)) yield return new ListedPackage(Vulnerability.Of(read), package);
    }

    public static string Osv(string id, string ecosystem, string name, string affected, string? vector = High, string more = "") => $$"""
        {"id":"{{id}}","modified":"2026-01-01T00:00:00Z","summary":"Bad",{{more}}
         "severity":[{{(vector is null ? "" : $$"""{"type":"CVSS_V3","score":"{{vector}}"}""")}}],
         "affected":[{"package":{"ecosystem":"{{ecosystem}}","name":"{{name}}"},{{affected}}}]}
        """;

    public static string Range(string type, params string[] events) =>
        $$"""
        "ranges":[{"type":"{{type}}","events":[{{string.Join(',', events.Select(e => e.Split(' ')).Select(e => $$"""{"{{e[0]}}":"{{e[1]}}"}"""))}}]}]
        """;

    public static VulnerabilityList List(string ecosystem, int days = 1) => VulnerabilityList.Of(ecosystem, Now.AddDays(-days), Actor.System, Now);

    public static VulnerabilityVerdict Judged(BillOfMaterials bom, IEnumerable<ListedPackage> listed, VexDocument? vex = null, VulnerabilityList[]? lists = null, params VulnerabilityException[] exceptions) =>
        new VulnerabilityJudgement(new VulnerabilityPolicy(VulnerabilitySeverity.High, exceptions, TimeSpan.FromDays(7), [PackagePattern.Parse("pkg:npm/@ours/*").Value, PackagePattern.Parse("pkg:generic/our-*").Value]), vex ?? VexDocument.None, lists ?? [List("npm"), List("Maven"), List("Debian"), List("Alpine")], Now).Judge(bom, listed);

    public static VexDocument Vex(string text)
    {
        var read = VexDocument.Parse(Encoding.UTF8.GetBytes(text));
        read.Error.ShouldBeNull(read.Error?.Message);
        return read.Value;
    }
}
