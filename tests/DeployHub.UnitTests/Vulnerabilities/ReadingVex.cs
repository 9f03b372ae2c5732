using System.Text;
using DeployHub.Domain.Vulnerabilities.Vex;

namespace DeployHub.UnitTests.Vulnerabilities;

public sealed class ReadingVex
{
    private const string OpenVex = """
        {"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.com/vex","author":"us","timestamp":"2026-01-01T00:00:00Z","version":1,
         "statements":[{"vulnerability":{"name":"CVE-1","aliases":["GHSA-1"]},"products":[{"@id":"pkg:generic/shop@1.0.0","subcomponents":[{"@id":"pkg:npm/lodash@4.17.20"}]}],
           "status":"not_affected","justification":"vulnerable_code_not_in_execute_path"}]}
        """;

    private const string Csaf = """
        {"document":{"category":"csaf_vex","csaf_version":"2.0","title":"t","tracking":{"current_release_date":"2026-01-01T00:00:00Z"}},
         "product_tree":{"branches":[{"category":"vendor","name":"us","branches":[{"category":"product_version","name":"1","product":{"product_id":"SHOP","name":"shop 1","product_identification_helper":{"purl":"pkg:generic/shop@1.0.0"}}}]}],
           "full_product_names":[{"product_id":"LODASH","name":"lodash","product_identification_helper":{"purl":"pkg:npm/lodash@4.17.20"}}],
           "relationships":[{"category":"default_component_of","product_reference":"LODASH","relates_to_product_reference":"SHOP","full_product_name":{"product_id":"SHOP:LODASH","name":"lodash in shop"}}],
           "product_groups":[{"group_id":"G","product_ids":["SHOP:LODASH"]}]},
         "vulnerabilities":[{"cve":"CVE-1","ids":[{"system_name":"GitHub","text":"GHSA-1"}],"product_status":{"known_not_affected":["SHOP:LODASH"]},"flags":[{"label":"vulnerable_code_not_in_execute_path","group_ids":["G"]}]}]}
        """;

    private const string CycloneDx = """
        {"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"timestamp":"2026-01-01T00:00:00Z"},
         "components":[{"type":"library","bom-ref":"lodash","name":"lodash","version":"4.17.20","purl":"pkg:npm/lodash@4.17.20"}],
         "vulnerabilities":[{"id":"CVE-1","references":[{"id":"GHSA-1"}],"analysis":{"state":"not_affected","justification":"code_not_reachable"},"affects":[{"ref":"lodash"}]}]}
        """;

    public static TheoryData<string, string> Documents => new() { { "OpenVEX", OpenVex }, { "CSAF", Csaf }, { "CycloneDX", CycloneDx } };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_format_says_by_an_alias_that_a_part_of_a_product_is_not_affected_and_why(string format, string text)
    {
        var vex = Given.Vex(text);
        vex.Format.ShouldBe(format);

        var statement = vex.About(new HashSet<string> { "GHSA-1" }, Given.Component("pkg:npm/lodash@4.17.20"), Given.Component("pkg:generic/shop@1.0.0")).ShouldNotBeNull();

        (statement.Status, statement.Clears).ShouldBe((VexStatus.NotAffected, true));
        vex.About(new HashSet<string> { "GHSA-1" }, Given.Component("pkg:npm/lodash@4.17.21"), Given.Component("pkg:generic/shop@1.0.0")).ShouldBeNull();
        vex.About(new HashSet<string> { "GHSA-2" }, Given.Component("pkg:npm/lodash@4.17.20"), Given.Component("pkg:generic/shop@1.0.0")).ShouldBeNull();
    }

    [Fact]
    public void A_statement_about_a_part_of_another_product_is_about_nothing_here() =>
        Given.Vex(OpenVex).About(new HashSet<string> { "CVE-1" }, Given.Component("pkg:npm/lodash@4.17.20"), Given.Component("pkg:generic/other@1.0.0")).ShouldBeNull();

    [Fact]
    public void A_statement_about_the_whole_product_is_about_all_its_parts() =>
        Given.Vex(OpenVex.Replace(""","subcomponents":[{"@id":"pkg:npm/lodash@4.17.20"}]""", "")).About(new HashSet<string> { "CVE-1" }, Given.Component("pkg:npm/x@1.0.0"), Given.Component("pkg:generic/shop@1.0.0")).ShouldNotBeNull();

    [Fact]
    public void Not_affected_without_a_reason_clears_nothing() =>
        Given.Vex(OpenVex.Replace(""","justification":"vulnerable_code_not_in_execute_path" """.TrimEnd(), "")).Statements.Single().Clears.ShouldBeFalse();

    [Theory]
    [InlineData("""{"version":"4.17.20","status":"unaffected"}""", true)]
    [InlineData("""{"version":"4.17.20","status":"affected"}""", false)]
    [InlineData("""{"version":"4.17.20","status":"unknown"}""", false)]
    [InlineData("""{"version":"4.17.20"}""", false)]
    [InlineData("""{"range":"vers:npm/<5.0.0","status":"unaffected"}""", false)]
    [InlineData("""{"range":"vers:npm/<4.17.20","status":"affected"},{"version":"4.17.20","status":"unaffected"}""", true)]
    public void CycloneDX_clears_a_version_only_by_its_own_status(string versions, bool clears) => Lodash(CycloneDx.Replace("""{"ref":"lodash"}""", $$"""{"ref":"lodash","versions":[{{versions}}]}""")).Clears.ShouldBe(clears);

    [Theory]
    [InlineData("""{"state":"not_affected"}""", "")]
    [InlineData("""{"state":"false_positive"}""", "")]
    [InlineData("""{"state":"exploitable","detail":"Easily."}""", ""","versions":[{"version":"4.17.20","status":"unaffected"}]""")]
    public void A_status_is_no_reason_in_itself(string analysis, string versions) =>
        Lodash(CycloneDx.Replace("""{"state":"not_affected","justification":"code_not_reachable"}""", analysis).Replace("""{"ref":"lodash"}""", $$"""{"ref":"lodash"{{versions}}}""")).Clears.ShouldBeFalse();

    [Fact]
    public void A_reference_counts_only_where_the_document_gives_no_package_url_for_it()
    {
        var other = Given.Component("pkg:npm/other@1.0.0") with { Reference = "lodash" };
        var ids = new HashSet<string> { "CVE-1" };

        Given.Vex(CycloneDx).About(ids, other, null).ShouldBeNull();
        Given.Vex(CycloneDx.Replace(""","purl":"pkg:npm/lodash@4.17.20" """.TrimEnd(), "")).About(ids, other, null).ShouldNotBeNull();
        Given.Vex(CycloneDx.Replace("""{"ref":"lodash"}""", """{"ref":"pkg:npm/other@1.0.0?package-id=1"}""")).About(ids, other with { Reference = "pkg:npm/other@1.0.0?package-id=1" }, null).ShouldNotBeNull();
    }

    [Fact]
    public void The_newest_statement_counts_and_of_equally_new_ones_the_gravest()
    {
        var statement = """{"vulnerability":{"name":"CVE-1"},"products":["pkg:npm/a@1.0.0"],"status":"STATUS","timestamp":"AT"}""";
        string Said(string status, string at) => statement.Replace("STATUS", status).Replace("AT", at);
        VexStatus Counts(params string[] statements) =>
            Given.Vex($$"""{"@context":"https://openvex.dev/ns","statements":[{{string.Join(',', statements)}}]}""").About(new HashSet<string> { "CVE-1" }, Given.Component("pkg:npm/a@1.0.0"), null)!.Status;

        Counts(Said("affected", "2026-01-01T00:00:00Z"), Said("fixed", "2026-01-02T00:00:00Z")).ShouldBe(VexStatus.Fixed);
        Counts(Said("fixed", "2026-01-01T00:00:00Z"), Said("affected", "2026-01-01T00:00:00Z"), Said("under_investigation", "2026-01-01T00:00:00Z")).ShouldBe(VexStatus.Affected);
    }

    private static VexStatement Lodash(string vex) => Given.Vex(vex).About(new HashSet<string> { "CVE-1" }, Given.Component("pkg:npm/lodash@4.17.20"), null).ShouldNotBeNull();

    [Theory]
    [InlineData("{}", "vex.format")]
    [InlineData("[]", "vex.malformed")]
    [InlineData("""{"@context":"https://openvex.dev/ns","statements":[{"vulnerability":"CVE-1","status":"fine"}]}""", "vex.malformed")]
    [InlineData("""{"document":{"csaf_version":"1.0"}}""", "vex.format")]
    [InlineData("""{"document":{"csaf_version":"2.0"},"vulnerabilities":[{"cve":"CVE-1","product_status":{"fixed":["nowhere"]}}]}""", "vex.malformed")]
    [InlineData("""{"bomFormat":"CycloneDX","vulnerabilities":[{"id":"CVE-1","analysis":{"state":"odd"},"affects":[{"ref":"a"}]}]}""", "vex.malformed")]
    public void What_cannot_be_read_is_refused(string text, string code) => VexDocument.Parse(Encoding.UTF8.GetBytes(text)).Error.ShouldNotBeNull().Code.ShouldBe(code);
}
