using System.Globalization;
using DeployHub.Domain.Vulnerabilities;

namespace DeployHub.UnitTests.Vulnerabilities;

public sealed class TmpOracle
{
    [Fact]
    public void All() => File.ReadAllLines("/tmp/bom-pk/vectors.txt").Select(l => l.Split(' ')).Where(l => Cvss.Score(l[0]) != decimal.Parse(l[1], CultureInfo.InvariantCulture)).Select(l => $"{l[0]} {l[1]} {Cvss.Score(l[0])}").ShouldBeEmpty();
}
