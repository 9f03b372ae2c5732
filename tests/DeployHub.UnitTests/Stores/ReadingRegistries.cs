using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.Worker.Artefacts.Stores;

namespace DeployHub.UnitTests.Stores;

/// <summary>What registries say, as they say it and as nobody should believe it.</summary>
public sealed class ReadingRegistries
{
    private static readonly string One = "sha256:" + new string('1', 64);
    private static readonly string Two = "sha256:" + new string('2', 64);

    [Fact]
    public void A_manifest_names_its_configuration_and_its_layers()
    {
        var document = Parse($$"""{"schemaVersion":2,"config":{"digest":"{{One}}","size":7},"layers":[{"digest":"{{Two}}","size":32654}]}""");

        document.IsIndex.ShouldBeFalse();
        document.Names.ShouldBe([new OciDescriptor(One, 7, null), new OciDescriptor(Two, 32654, null)]);
    }

    [Fact]
    public void An_index_names_manifests_by_platform() =>
        Parse($$"""{"manifests":[{"platform":{"os":"linux","architecture":"arm","variant":"v7"},"digest":"{{One}}","size":1},{"digest":"{{Two}}","size":2}]}""").Names
            .ShouldBe([new OciDescriptor(One, 1, new OciPlatform("linux", "arm", "v7")), new OciDescriptor(Two, 2, null)]);

    [Theory]
    [InlineData("""{"manifests":[],"layers":[]}""", "manifest and index at once")]
    [InlineData("""{"manifests":[],"config":{}}""", "manifest and index at once")]
    [InlineData("""{"fsLayers":[]}""", "too old")]
    [InlineData("""{"layers":[{"digest":"\ud800","size":1}]}""", "JSON")]
    [InlineData("""{"layers":[{"\udc00":1}]}""", "JSON")]
    [InlineData("[]", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("""{"layers":[{"digest":"sha256:1","size":1}]}""", "without a digest and a size")]
    [InlineData("""{"layers":[{"digest":"ONE","size":-1}]}""", "without a digest and a size")]
    [InlineData("""{"layers":[{"digest":"ONE","size":"1"}]}""", "without a digest and a size")]
    [InlineData("""{"layers":[{"digest":"ONE","size":1e99}]}""", "without a digest and a size")]
    [InlineData("""{"layers":[{"digest":"../../secret","size":1}]}""", "without a digest and a size")]
    [InlineData("""{"layers":[3]}""", "without a digest and a size")]
    public void What_readers_could_read_differently_is_refused(string json, string words) =>
        Should.Throw<StoreRefusedException>(() => Parse(json.Replace("ONE", One, StringComparison.Ordinal))).Message.ShouldContain(words);

    [Fact]
    public void More_parts_than_any_image_has_are_refused() =>
        Should.Throw<StoreRefusedException>(() => Parse($$"""{"layers":[{{string.Join(',', Enumerable.Repeat($$"""{"size":1,"digest":"{{One}}"}""", 1001))}}]}""")).Message.ShouldContain("1000");

    [Theory]
    [InlineData("""realm="https://auth.example/token",service="registry.example",scope="repository:x:pull,push" """, "https://auth.example/token?service=registry.example&scope=repository%3Ashop%2Fweb%3Apull")]
    [InlineData("""Realm=https://auth.example/token""", "https://auth.example/token?scope=repository%3Ashop%2Fweb%3Apull")]
    [InlineData("""service="a \"b\"", realm="https://auth.example/token?x=1" """, "https://auth.example/token?x=1&service=a%20%22b%22&scope=repository%3Ashop%2Fweb%3Apull")]
    public void A_challenge_says_where_a_token_is_and_we_say_what_for(string parameter, string address) =>
        BearerChallenge.Parse(parameter)!.TokenFor("shop/web").AbsoluteUri.ShouldBe(address);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("service=\"x\"")]
    [InlineData("realm=\"/token\"")]
    [InlineData("realm=\"file:///etc/passwd\"")]
    [InlineData("realm=\"https://")]
    public void A_challenge_without_a_realm_is_none(string? parameter) => BearerChallenge.Parse(parameter).ShouldBeNull();

    [Theory]
    [InlineData("1.2", "1.2.0")]
    [InlineData("1.02.3.0", "1.2.3")]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("2.0.0-RC.1+build.7", "2.0.0-rc.1")]
    [InlineData("13.0.4", "13.0.4")]
    [InlineData("0.0.0", "0.0.0")]
    public void A_feed_names_folders_by_the_normal_version(string version, string normal) => NuGetReader.Normal(version).ShouldBe(normal);

    private static OciDocument Parse(string json) => OciDocument.Parse(Encoding.UTF8.GetBytes(json), "the manifest");
}
