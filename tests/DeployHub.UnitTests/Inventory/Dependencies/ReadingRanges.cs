using DeployHub.Domain.Inventory.Dependencies;

namespace DeployHub.UnitTests.Inventory.Dependencies;

/// <summary>The cases of npm's own documentation of ranges, and labels that are no versions.</summary>
public sealed class ReadingRanges
{
    [Theory]
    [InlineData("1.2.3", "1.2.3", "1.2.4 1.2.2 1.2.3-rc.1")]
    [InlineData("=1.2.3", "1.2.3 v1.2.3 1.2.3+build.5", "1.2.4")]
    [InlineData(">=1.2.7", "1.2.7 1.2.8 2.5.3", "1.2.6 1.1.0")]
    [InlineData(">=1.2.7 <1.3.0", "1.2.7 1.2.8 1.2.99", "1.2.6 1.3.0 1.1.0")]
    [InlineData("1.2.7 || >=1.2.9 <2.0.0", "1.2.7 1.2.9 1.4.6", "1.2.8 2.0.0")]
    [InlineData("1.2.3 - 2.3.4", "1.2.3 2.3.4", "1.2.2 2.3.5")]
    [InlineData("1.2 - 2.3.4", "1.2.0 2.3.4", "1.1.9")]
    [InlineData("1.2.3 - 2.3", "2.3.99", "2.4.0 2.4.0-rc.1")]
    [InlineData("1.2.3 - 2", "2.99.0", "3.0.0")]
    [InlineData("*", "0.0.1 9.9.9 HX-2 1.0.0-rc.1", "")]
    [InlineData("1.x", "1.0.0 1.99.0", "2.0.0 0.9.0 2.0.0-rc.1")]
    [InlineData("1.2.*", "1.2.0 1.2.9", "1.3.0")]
    [InlineData("1", "1.0.0 1.7.2", "2.0.0")]
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.3.0 1.2.2")]
    [InlineData("~1.2", "1.2.0", "1.3.0")]
    [InlineData("~1", "1.9.0", "2.0.0")]
    [InlineData("^1.2.3", "1.2.3 1.9.0", "2.0.0 1.2.2 2.0.0-rc.1")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.3.0 0.2.2")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4 0.0.2")]
    [InlineData("^0.0", "0.0.1 0.0.9", "0.1.0")]
    [InlineData("^0", "0.0.1 0.9.9", "1.0.0")]
    [InlineData("^1.2.x", "1.2.0 1.9.0", "2.0.0")]
    [InlineData(">1", "2.0.0", "1.9.9 1.0.0")]
    [InlineData(">1.2", "1.3.0", "1.2.9")]
    [InlineData(">1.2.3", "1.2.4", "1.2.3")]
    [InlineData("<=1.2", "1.2.9 1.0.0", "1.3.0 1.3.0-rc.1")]
    [InlineData("<=1.2.3", "1.2.3", "1.2.4")]
    [InlineData("<1.2", "1.1.9", "1.2.0 1.2.0-rc.1")]
    [InlineData("<1.2.3", "1.2.2", "1.2.3")]
    [InlineData(">= 2  < 4", "2.0.0 3.9", "4.0.0")]
    [InlineData(">1.2.3-alpha.3", "1.2.3-alpha.7 1.2.3 3.4.5", "3.4.5-alpha.9 1.2.3-alpha.2")]
    [InlineData("~1.2.3-beta.2", "1.2.3-beta.4 1.2.9", "1.2.4-beta.2")]
    [InlineData("2026.1", "2026.1 2026.1.3", "2026.2 2026.10")]
    [InlineData(">=2026.2", "2026.2 2026.10 2027.1", "2026.1 night-shift")]
    [InlineData("HX-2 || HX-3", "HX-2 HX-3", "HX-4 hx-2 1.0.0")]
    [InlineData("v5", "v5 5.1.0", "v6 v5-draft")]
    [InlineData("^1 || legacy", "legacy 1.4", "2.0.0 legacy2")]
    public void A_range_means_these_and_not_those(string range, string inside, string outside)
    {
        var read = VersionRange.Parse(range).Value;

        Words(inside).Where(label => !read.Contains(label)).ShouldBeEmpty();
        Words(outside).Where(read.Contains).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<2", "1.4.0 1.5.0-rc.1 nightly", "2.0.0 2.0.0-rc.1")]
    [InlineData("^1.2", "1.2.0 1.9.0-beta.1 nightly", "2.0.0 1.1.0")]
    [InlineData("1.2.3", "1.2.3 nightly", "1.2.4 1.2.3-rc.1")]
    [InlineData("*", "1.0.0 1.0.0-rc.1 nightly", "")]
    [InlineData("HX-2 || HX-3", "HX-2 HX-3", "HX-4 1.0.0")]
    [InlineData("^1 || legacy", "1.4.0 legacy nightly", "2.0.0")]
    public void What_must_not_be_there_is_read_strictly(string range, string may, string cannot)
    {
        var read = VersionRange.Parse(range).Value;

        Words(may).Where(label => !read.MayContain(label)).ShouldBeEmpty();
        Words(cannot).Where(read.MayContain).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("||")]
    [InlineData("1.2 ||")]
    [InlineData(">")]
    [InlineData(">*")]
    [InlineData("<x")]
    [InlineData("*.2")]
    [InlineData("^1.2-rc.1")]
    [InlineData(">=1 <two")]
    [InlineData("two words")]
    [InlineData("!1.2.3")]
    [InlineData("1.2.3 -2.0.0 x y")]
    public void What_says_no_versions_is_refused(string range) => VersionRange.Parse(range).Error!.Code.ShouldBe("version-range.malformed");

    [Fact]
    public void A_range_has_an_end() => VersionRange.Parse(new string('1', VersionRange.Longest + 1)).Error.ShouldNotBeNull();

    private static string[] Words(string labels) => labels.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
