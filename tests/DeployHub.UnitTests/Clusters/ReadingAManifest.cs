using DeployHub.Worker.Steps.Clusters;

namespace DeployHub.UnitTests.Clusters;

/// <summary>As kubectl reads it.</summary>
public sealed class ReadingAManifest
{
    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("1.0", "1")]
    [InlineData("-1.5e3", "-1500")]
    [InlineData("8080", "8080")]
    [InlineData("-1", "-1")]
    [InlineData("0", "0")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("0400", "256")]
    [InlineData("0o400", "256")]
    [InlineData("0x1F", "31")]
    [InlineData("0899", "899")]
    [InlineData("true", "true")]
    [InlineData("yes", "true")]
    [InlineData("Off", "false")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("2026-11-28", "\"2026-11-28\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("100m", "\"100m\"")]
    [InlineData("\"8080\"", "\"8080\"")]
    [InlineData("'yes'", "\"yes\"")]
    [InlineData("!!str 8080", "\"8080\"")]
    [InlineData("|-\n    8080", "\"8080\"")]
    [InlineData(">-\n    true", "\"true\"")]
    public void A_value_means_what_it_means_to_kubectl(string yaml, string json) => Spec($"value: {yaml}").ShouldBe($$"""{"value":{{json}}}""");

    [Fact]
    public void An_alias_is_written_out() => Spec("a: &a { b: 0.5 }\n  c:\n    - *a").ShouldBe("""{"a":{"b":0.5},"c":[{"b":0.5}]}""");

    [Fact]
    public void An_alias_of_what_holds_it_is_refused() => Should.Throw<ClusterRefusedException>(() => Spec("a: &a\n    - *a")).Message.ShouldBe("The manifests nest too deep or are too large.");

    [Fact]
    public void Every_document_is_an_object_and_empty_ones_are_none() =>
        Manifest.Read("---\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: a }\n---\napiVersion: v1\nkind: List\nitems:\n- { apiVersion: v1, kind: Secret, metadata: { name: b } }\n", "It")
            .Select(manifest => manifest.Called).ShouldBe(["secret/a", "secret/b"]);

    private static string Spec(string yaml) => Manifest.Read($"apiVersion: v1\nkind: Thing\nmetadata: {{ name: a }}\nspec:\n  {yaml}\n", "It").Single().Content["spec"]!.ToJsonString();
}
