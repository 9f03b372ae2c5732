using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory.Materials;

namespace DeployHub.UnitTests.Inventory.Materials;

public sealed class ReadingSboms
{
    private const string Hex = "a74f733635a19aefb1f73e5947cef59cd7440c6952ef0f03d09d974274cbd6df";

    [Fact]
    public void All_that_CycloneDX_itself_calls_valid_is_read()
    {
        PublicSamples.SkipWhenAbsent("cyclonedx-tests");
        var files = Directory.GetFiles(PublicSamples.Folder("cyclonedx-tests"), "valid-*.json", SearchOption.AllDirectories);

        files.ShouldNotBeEmpty();
        files.Select(file => (File: Path.GetFileName(file), BillOfMaterials.Parse(File.ReadAllBytes(file)).Error)).Where(read => read.Error is not null).Select(read => $"{read.File}: {read.Error!.Message}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1.4")]
    [InlineData("1.5")]
    [InlineData("1.6")]
    [InlineData("1.7")]
    public void CycloneDX_tells_components_inside_others_their_licences_and_what_it_is_about(string version)
    {
        var bom = Parsed($$$"""
            {"bomFormat":"CycloneDX","specVersion":"{{{version}}}",
             "metadata":{"component":{"type":"application","name":"shop","version":"1.0.0","hashes":[{"alg":"SHA-256","content":"{{{Hex}}}"}],
               "components":[{"type":"library","name":"inner","version":"2"}]}},
             "components":[{"type":"library","bom-ref":"a","group":"org.example","name":"core","version":"1","purl":"pkg:maven/org.example/core@1",
               "licenses":[{"license":{"id":"MIT"}},{"license":{"name":"Our own"}}],
               "components":[{"type":"file","name":"nested.txt","licenses":[{"expression":"MIT OR Apache-2.0"}]}]}]}
            """);

        bom.Format.ShouldBe($"CycloneDX {version}");
        bom.Subject.ShouldNotBeNull().Digest.ShouldBe(Digest.Of($"sha256:{Hex}"));
        bom.Components.Select(component => component.ToString()).ShouldBe(["inner 2", "maven/org.example/core 1", "nested.txt"]);
        bom.Components[1].Licences.Select(licence => licence.Text).ShouldBe(["MIT", "Our own"]);
        bom.Components[2].IsPackage.ShouldBeFalse();
        bom.Components[2].Licences.ShouldHaveSingleItem().Expression.ShouldBeOfType<LicenceExpression.Choice>();
    }

    [Theory]
    [InlineData("2.2", """ "documentDescribes":["SPDXRef-shop"], """)]
    [InlineData("2.3", """ "relationships":[{"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-shop"}], """)]
    public void SPDX_tells_packages_their_licences_and_what_it_is_about(string version, string describes)
    {
        var bom = Parsed($$"""
            {"spdxVersion":"SPDX-{{version}}",{{describes}}
             "packages":[
               {"SPDXID":"SPDXRef-shop","name":"shop","checksums":[{"algorithm":"SHA256","checksumValue":"{{Hex}}"}]},
               {"SPDXID":"SPDXRef-core","name":"core","versionInfo":"1","licenseConcluded":"NOASSERTION","licenseDeclared":"Apache-2.0",
                "externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/core@1"}]}]}
            """);

        bom.Subject.ShouldNotBeNull().Digest.ShouldBe(Digest.Of($"sha256:{Hex}"));
        var core = bom.Components.ShouldHaveSingleItem();
        (core.ToString(), core.Licences.Single().Text).ShouldBe(("npm/core 1", "Apache-2.0"));
    }

    [Fact]
    public void A_package_url_that_none_can_read_leaves_a_component_that_cannot_be_looked_up() =>
        Parsed("""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"core","version":"1","purl":"core@1"}]}""").Components.Single().Purl.ShouldBeNull();

    [Theory]
    [InlineData("", "sbom.malformed")]
    [InlineData("[]", "sbom.malformed")]
    [InlineData("{}", "sbom.format")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.3"}""", "sbom.format")]
    [InlineData("""{"spdxVersion":"SPDX-3.0"}""", "sbom.format")]
    [InlineData("""{"bomFormat":"CycloneDX","bomFormat":"CycloneDX","specVersion":"1.6"}""", "sbom.malformed")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":1e999999}""", "sbom.malformed")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.6","components":{}}""", "sbom.malformed")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"name":"\ud83d"}]}""", "sbom.malformed")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"name":"a\u0000b"}]}""", "sbom.malformed")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.6","\ud83d":1}""", "sbom.malformed")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"name":"a"}""", "sbom.malformed")]
    public void What_cannot_be_read_without_doubt_is_refused(string text, string code) => BillOfMaterials.Parse(Encoding.UTF8.GetBytes(text)).Error.ShouldNotBeNull().Code.ShouldBe(code);

    [Fact]
    public void A_refusal_says_where() =>
        BillOfMaterials.Parse("""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"name":"a"},{"name":"b","components":[{"version":"1"}]}]}"""u8.ToArray()).Error.ShouldNotBeNull().Message.ShouldContain("components[1].components[0] has no name");

    [Fact]
    public void Absurd_depth_bytes_that_are_no_text_and_too_much_of_everything_are_refused()
    {
        BillOfMaterials.Parse(Encoding.UTF8.GetBytes($$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":{{new string('[', 100_000)}}""")).Error.ShouldNotBeNull();
        BillOfMaterials.Parse(new byte[] { (byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'1', (byte)'}' }).Error.ShouldNotBeNull();
        BillOfMaterials.Parse(new byte[BillOfMaterials.MostBytes + 1]).Error.ShouldNotBeNull().Code.ShouldBe("sbom.size");
        BillOfMaterials.Parse(Encoding.UTF8.GetBytes($$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{{string.Join(',', Enumerable.Repeat("""{"name":"a"}""", BillOfMaterials.MostComponents + 1))}}]}""")).Error.ShouldNotBeNull().Code.ShouldBe("sbom.size");
    }

    /// <summary>Whatever becomes of a document on its way, reading ends in a value or in a refusal.</summary>
    [Fact]
    public void No_change_of_single_bytes_makes_reading_fail_in_another_way()
    {
        var document = """{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"name":"x","hashes":[{"alg":"SHA-256","content":"00"}]}},"components":[{"name":"ä\n","version":"1","purl":"pkg:npm/a@1?b=c","licenses":[{"expression":"(MIT OR X)"}]}]}"""u8.ToArray();
        var random = new Random(4711);
        for (var i = 0; i < 5000; i++)
        {
            var changed = document.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            var read = BillOfMaterials.Parse(changed);
            if (read.Error is null) read.Value.Components.ShouldNotBeNull();
        }
    }

    private static BillOfMaterials Parsed(string text)
    {
        var read = BillOfMaterials.Parse(Encoding.UTF8.GetBytes(text));
        read.Error.ShouldBeNull(read.Error?.Message);
        return read.Value;
    }
}
