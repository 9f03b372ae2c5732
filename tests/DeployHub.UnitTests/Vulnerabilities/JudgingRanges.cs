using System.Text;
using DeployHub.Domain.Vulnerabilities;

namespace DeployHub.UnitTests.Vulnerabilities;

public sealed class JudgingRanges
{
    [Theory]
    [InlineData("npm", "introduced 0;fixed 1.2.3", "1.2.2", Affectedness.Yes)]
    [InlineData("npm", "introduced 0;fixed 1.2.3", "1.2.3-rc.1", Affectedness.Yes)]
    [InlineData("npm", "introduced 0;fixed 1.2.3", "1.2.3", Affectedness.No)]
    [InlineData("npm", "fixed 1.2.3;introduced 1.0.0;introduced 2.0.0;fixed 2.1.0", "2.0.5", Affectedness.Yes)]
    [InlineData("npm", "fixed 1.2.3;introduced 1.0.0;introduced 2.0.0;fixed 2.1.0", "1.5.0", Affectedness.No)]
    [InlineData("npm", "introduced 1.0.0;last_affected 1.0.0", "1.0.0", Affectedness.Yes)]
    [InlineData("npm", "introduced 1.0.0;last_affected 1.0.0", "1.0.1", Affectedness.No)]
    [InlineData("npm", "introduced 0;limit 2.0.0", "1.9.0", Affectedness.Yes)]
    [InlineData("npm", "introduced 0;limit 2.0.0", "2.0.0", Affectedness.No)]
    [InlineData("npm", "introduced 0", "latest", Affectedness.CannotTell)]
    [InlineData("Maven", "introduced 2.0-beta9;fixed 2.15.0", "2.14.1", Affectedness.Yes)]
    [InlineData("PyPI", "introduced 0;fixed 3.2rc1", "3.2b1", Affectedness.Yes)]
    [InlineData("Debian:12", "introduced 0;fixed 3.0.11-1~deb12u2", "3.0.11-1~deb12u1", Affectedness.Yes)]
    [InlineData("Alpine:v3.19", "introduced 0;fixed 1.2-r3", "1.2-r2", Affectedness.CannotTell)]
    public void A_version_is_in_a_range(string ecosystem, string events, string version, Affectedness expected) =>
        RangeJudgement.Judge(Package(ecosystem, Given.Range("ECOSYSTEM", events.Split(';'))), version).ShouldBe(expected);

    [Theory]
    [InlineData("Alpine:v3.19", "1.2-r2", Affectedness.Yes)]
    [InlineData("Alpine:v3.19", "1.2-r3", Affectedness.No)]
    [InlineData("npm", "v1.2-r2", Affectedness.Yes)]
    public void Listed_versions_count_in_every_ecosystem(string ecosystem, string version, Affectedness expected) =>
        RangeJudgement.Judge(Package(ecosystem, "\"versions\":[\"1.2-r2\"]"), version).ShouldBe(expected);

    [Fact]
    public void Ranges_of_commits_tell_nothing_about_versions() =>
        RangeJudgement.Judge(Package("npm", $"{Given.Range("GIT", "introduced abc")},\"versions\":[\"1.0.0\"]"), "2.0.0").ShouldBe(Affectedness.No);

    [Fact]
    public void What_mends_is_newer() =>
        RangeJudgement.FixedIn(Package("npm", Given.Range("SEMVER", "introduced 0", "fixed 1.2.3", "introduced 2.0.0", "fixed 2.0.1", "introduced 10.0.0", "fixed 10.0.1")), "1.9.0").ShouldBe(["2.0.1", "10.0.1"]);

    [Theory]
    [InlineData("""{"modified":"2026-01-01T00:00:00Z"}""", "has no id")]
    [InlineData("""{"id":"X"}""", "has no modified")]
    [InlineData("""{"id":"X","modified":"yesterday"}""", "modified is no instant")]
    [InlineData("""{"id":"X","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"ODD"}]}]}""", "affected[0].ranges[0] has the unknown type ODD")]
    [InlineData("""{"id":"X","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"a"},"versions":[1]}]}""", "affected[0].versions[0] is no text")]
    [InlineData("""{"id":"X","modified":"2026-01-01T00:00:00Z","aliases":["\udc00"]}""", "text that is no text")]
    public void A_record_that_cannot_be_read_is_refused_by_its_place(string text, string why) =>
        OsvRecord.Parse(Encoding.UTF8.GetBytes(text)).Error.ShouldNotBeNull().Message.ShouldContain(why);

    [Fact]
    public void Long_details_are_cut_and_refuse_nothing()
    {
        var read = OsvRecord.Parse(Encoding.UTF8.GetBytes($$"""{"id":"X","modified":"2026-01-01T00:00:00Z","details":" {{new string('a', 100_000)}}"}"""));

        read.Error.ShouldBeNull(read.Error?.Message);
        read.Value.Summary.ShouldBe($"{new string('a', 500)} …");
    }

    private static AffectedPackage Package(string ecosystem, string affected) => OsvRecord.Parse(Encoding.UTF8.GetBytes(Given.Osv("X-1", ecosystem, "a", affected))).Value.Affected.Single();
}
