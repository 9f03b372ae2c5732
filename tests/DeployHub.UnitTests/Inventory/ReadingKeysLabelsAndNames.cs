using DeployHub.Domain;
using DeployHub.Domain.Inventory;

namespace DeployHub.UnitTests.Inventory;

public sealed class ReadingKeysLabelsAndNames
{
    [Theory]
    [InlineData("shop")]
    [InlineData("shop-web.eu1")]
    [InlineData("9")]
    public void A_key_may_be(string key) => Key.IsValid(key).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("new")]
    [InlineData("Shop")]
    [InlineData("-shop")]
    [InlineData("shop-")]
    [InlineData("shop web")]
    [InlineData("shop\n")]
    [InlineData("shop/../web")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123456")]
    public void A_key_may_not_be(string? key) => Key.IsValid(key).ShouldBeFalse();

    [Theory]
    [InlineData("Rolling web service", "rolling-web-service")]
    [InlineData("  Größe & Maß (v2)  ", "grosse-mass-v2")]
    [InlineData("Déploiement n° 7", "deploiement-n-7")]
    [InlineData("部署", "")]
    [InlineData(null, "")]
    public void A_key_is_proposed_from_a_name(string? name, string key) => Key.From(name).ShouldBe(key);

    [Fact]
    public void A_proposed_key_is_no_longer_than_a_key_may_be() => Key.From(new string('a', 63) + " b").ShouldBe(new string('a', 63));

    [Theory]
    [InlineData("1.2.0+build.7", true)]
    [InlineData("v2", true)]
    [InlineData("2026-11-23_night", true)]
    [InlineData("1.2/3", false)]
    [InlineData("latest version", false)]
    [InlineData(".1", false)]
    [InlineData("1.0\n", false)]
    [InlineData("new", false)]
    [InlineData("", false)]
    public void A_label_stands_in_addresses(string label, bool fits) => VersionLabel.IsValid(label).ShouldBe(fits);

    [Theory]
    [InlineData("shop-deploy-key", true)]
    [InlineData("SHOP_TOKEN", true)]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----", false)]
    [InlineData("correct horse battery staple", false)]
    [InlineData("line\nline", false)]
    [InlineData("name\n", false)]
    [InlineData("p@ss:w0rd", false)]
    public void A_secrets_value_never_passes_for_its_name(string text, bool isName) => SecretName.IsValid(text).ShouldBe(isName);

    [Theory]
    [InlineData("sha256:1234")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("")]
    [InlineData(null)]
    public void A_digest_is_sha256_and_64_digits(string? text) => Digest.Parse(text).Error!.Code.ShouldBe("digest.malformed");

    [Fact]
    public void A_digest_is_read_in_either_case() =>
        Digest.Parse(Digest.OfText("x").ToString().ToUpperInvariant()).Value.ShouldBe(Digest.OfText("x"));
}
