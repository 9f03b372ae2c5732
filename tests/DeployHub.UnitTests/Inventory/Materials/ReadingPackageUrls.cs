using System.Text.Json;
using DeployHub.Domain.Inventory.Materials;

namespace DeployHub.UnitTests.Inventory.Materials;

public sealed class ReadingPackageUrls
{
    [Fact]
    public void All_cases_of_the_specification_are_read_as_they_are_meant()
    {
        PublicSamples.SkipWhenAbsent("purl");
        using var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(PublicSamples.Folder("purl"), "parse.json")));

        var wrong = cases.RootElement.GetProperty("tests").EnumerateArray().Select(Difference).OfType<string>().ToList();

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pkg:npm/%40angular/animation@12.3.1", "pkg:npm/%40angular/animation@12.3.1")]
    [InlineData("pkg:PYPI/Django_package@1.11.1.dev1", "pkg:pypi/django-package@1.11.1.dev1")]
    [InlineData("pkg:deb/debian/attr@1:2.4.47-2%2Bb1?distro=jessie&arch=amd64", "pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64&distro=jessie")]
    public void One_package_has_one_spelling(string written, string canonical) => PackageUrl.Parse(written).Value.ToString().ShouldBe(canonical);

    [Theory]
    [InlineData("")]
    [InlineData("pkg:")]
    [InlineData("pkg:npm")]
    [InlineData("pkg:npm/")]
    [InlineData("pkg:npm/%00")]
    [InlineData("pkg:npm/a%0Ab")]
    [InlineData("pkg://///")]
    [InlineData("pkg:npm/a?b c=d")]
    public void Nonsense_is_refused(string text) => PackageUrl.Parse(text).Error.ShouldNotBeNull().Code.ShouldBe("purl.malformed");

    [Theory]
    [InlineData("pkg:npm/event-stream@3.3.6", "pkg:npm/event-stream@3.3.6", true)]
    [InlineData("pkg:npm/event-stream@3.3.6", "pkg:npm/event-stream@3.3.7", false)]
    [InlineData("pkg:npm/event-stream", "pkg:npm/event-stream@3.3.7", true)]
    [InlineData("pkg:npm/event-*@3.*", "pkg:npm/event-stream@3.3.7", true)]
    [InlineData("pkg:npm/%40evil/*", "pkg:npm/%40evil/tool@1.0.0", true)]
    [InlineData("pkg:npm/@evil/*", "pkg:npm/%40evil/tool@1.0.0", true)]
    [InlineData("pkg:npm/evil/*", "pkg:npm/%40evil/tool@1.0.0", false)]
    [InlineData("pkg:maven/org.example/*", "pkg:maven/org.example/core@1?type=jar", true)]
    [InlineData("pkg:maven/org.example/*", "pkg:maven/org.example.other/core@1", false)]
    [InlineData("pkg:*/log4j*", "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", true)]
    [InlineData("pkg:pypi/Django_Package@1.*", "pkg:pypi/django-package@1.11.1", true)]
    [InlineData("pkg:pypi/zope_interface", "pkg:pypi/zope.interface@5", true)]
    [InlineData("pkg:npm/a_b", "pkg:npm/a-b@1.0.0", false)]
    public void Patterns_mean_packages_and_versions(string pattern, string url, bool matches) =>
        PackagePattern.Parse(pattern).Value.Matches(Component(url)).ShouldBe(matches);

    [Theory]
    [InlineData("pkg:npm/event-stream@3.3.6", "pkg:npm/event-stream", "3.3.6", true)]
    [InlineData("pkg:npm/event-stream@3.3.6", "pkg:npm/event-stream@3.3.7", "3.3.6", false)]
    [InlineData("pkg:generic/core@3.3.6", null, "3.3.6", true)]
    [InlineData("pkg:npm/core", null, "3.3.6", false)]
    public void Components_match_by_the_version_beside_their_url_and_without_one_by_their_name(string pattern, string? url, string version, bool matches) =>
        PackagePattern.Parse(pattern).Value.Matches(Component(url, version)).ShouldBe(matches);

    [Fact]
    public void No_pattern_takes_long() =>
        PackagePattern.Parse($"pkg:npm/{string.Concat(Enumerable.Repeat("a*", 1500))}b").Value.Matches(Component($"pkg:npm/{new string('a', 4000)}")).ShouldBeFalse();

    private static BomComponent Component(string? url, string? version = null) => new("library", "core", version, url is null ? null : PackageUrl.Parse(url).Value, [], []);

    private static string? Difference(JsonElement expected)
    {
        var (input, fails) = (expected.GetProperty("input").GetString()!, expected.GetProperty("expected_failure").GetBoolean());
        var read = PackageUrl.Parse(input);
        if (fails) return read.Error is null ? $"{input} was read as {read.Value}" : null;
        if (read.Error is { } refusal) return refusal.Message;

        var meant = expected.GetProperty("expected_output");
        string? Of(string member) => meant.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        var qualifiers = meant.TryGetProperty("qualifiers", out var pairs) && pairs.ValueKind is JsonValueKind.Object ? pairs.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!) : [];
        var url = read.Value;
        var isSame = (url.Type, url.Namespace, url.Name, url.Version, url.Subpath) == (Of("type"), Of("namespace"), Of("name"), Of("version"), Of("subpath"))
            && url.Qualifiers.OrderBy(pair => pair.Key).SequenceEqual(qualifiers.OrderBy(pair => pair.Key));
        return isSame ? null : $"{input} was read as {url}";
    }
}
