using DeployHub.Domain.Vulnerabilities.Versions;

namespace DeployHub.UnitTests.Vulnerabilities;

/// <summary>Each list goes upwards; what stands between spaces on one place is the same version.</summary>
public sealed class OrderingVersions
{
    [Theory]
    [InlineData(VersionScheme.SemVer, "0.9.9 < 1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0 = v1.0.0 = 1.0.0+build < 1.0.1 < 1.10.0 < 99999999999999999999999.0.0")]
    [InlineData(VersionScheme.SemVer, "0.0.0-20180101000000-aaaaaaaaaaaa < 0.0.0-20190101000000-000000000000 < 0.1.0 < 1.2.3+incompatible < 1.2.4")]
    [InlineData(VersionScheme.NuGet, "1.0.0-alpha < 1.0.0-BETA = 1.0.0-beta < 1.0 = 1.0.0.0 < 1.0.0.1 < 1.0.1")]
    [InlineData(VersionScheme.Pep440, "1.0.dev456 < 1.0a1 < 1.0a2.dev456 < 1.0a12.dev456 < 1.0a12 < 1.0b1.dev456 < 1.0b2 < 1.0b2.post345.dev456 < 1.0b2.post345 < 1.0rc1.dev456 < 1.0rc1 = 1.0c1 = 1.0-preview1 < 1.0 = 1.0.0 = v1 < 1.0+abc.5 < 1.0+abc.7 < 1.0+5 < 1.0.post456.dev34 < 1.0.post456 = 1.0-456 < 1.1.dev1 < 1.10 < 1!0.1")]
    [InlineData(VersionScheme.Maven, "1-alpha-1 = 1a1 < 1-alpha2 < 1-beta-1 < 1-milestone-1 = 1-m1 < 1-rc = 1-cr < 1-SNAPSHOT < 1 = 1.0 = 1-ga = 1.final = 1.0.0-0 < 1-sp < 1-foo < 1-1 < 1.1 < 1.2 < 1.10 < 2.0.0.RELEASE < 2.0.1")]
    [InlineData(VersionScheme.Maven, "2.9.10.1 < 2.9.10.2 < 2.9.10.8 < 2.10.0 < 2.12.6.1")]
    [InlineData(VersionScheme.Debian, "1.0~rc1-1 < 1.0-1~deb11u1 < 1.0-1 < 1.0-1+b1 < 1.0-1.1 < 1.0-2 < 1.0a-1 < 1.0+dfsg-1 < 1.1-1 < 1:0.1-1")]
    [InlineData(VersionScheme.Debian, "3.0.11-1~deb12u1 < 3.0.11-1~deb12u2 < 3.0.11-1 < 3.0.13-1")]
    [InlineData(VersionScheme.RubyGems, "1.0.a < 1.0.a.1 < 1.0.b1 < 1.0.rc1 < 1 = 1.0 = 1.0.0 < 1.0.1.pre < 1.0.1 < 1.10")]
    public void Goes_upwards(VersionScheme scheme, string written)
    {
        var places = written.Split(" < ").Select(place => place.Split(" = ")).ToList();
        for (var i = 0; i < places.Count; i++)
            for (var j = 0; j < places.Count; j++)
                foreach (var left in places[i])
                    foreach (var right in places[j])
                        Math.Sign(VersionOrder.Compare(scheme, left, right) ?? 99).ShouldBe(Math.Sign(i.CompareTo(j)), $"{left} beside {right}");
    }

    [Theory]
    [InlineData(VersionScheme.SemVer, "latest")]
    [InlineData(VersionScheme.SemVer, "1.x")]
    [InlineData(VersionScheme.SemVer, "")]
    [InlineData(VersionScheme.SemVer, "1.0.0-")]
    [InlineData(VersionScheme.Pep440, "1.0 beta")]
    [InlineData(VersionScheme.Debian, "x:1")]
    [InlineData(VersionScheme.Debian, "1.0 2")]
    [InlineData(VersionScheme.RubyGems, "one")]
    public void What_is_no_version_has_no_order(VersionScheme scheme, string version) => VersionOrder.Compare(scheme, version, version).ShouldBeNull();

    /// <summary>Whatever a document says, comparing ends, and both ways around say the same.</summary>
    [Fact]
    public void Any_two_texts_compare_alike_in_both_directions()
    {
        var random = new Random(7);
        string Text() => new([.. Enumerable.Range(0, random.Next(12)).Select(_ => "0123456789..--~+:_abrcvpost!\ud83d"[random.Next(29)])]);
        for (var i = 0; i < 20_000; i++)
        {
            var (scheme, left, right) = ((VersionScheme)random.Next(6), Text(), Text());
            var (there, back) = (VersionOrder.Compare(scheme, left, right), VersionOrder.Compare(scheme, right, left));
            (there is null).ShouldBe(back is null);
            if (there is { } order) Math.Sign(order).ShouldBe(-Math.Sign(back!.Value), $"{scheme}: {left} beside {right}");
        }
    }
}
