using System.Globalization;
using System.Text;
using DeployHub.Domain.Vulnerabilities;

namespace DeployHub.UnitTests.Vulnerabilities;

public sealed class ScoringCvss
{
    [Theory]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "10")]
    [InlineData("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", "6.1")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "9.3")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", "0")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", "10")]
    [InlineData("CVSS:4.0/AV:P/AC:L/AT:N/PR:L/UI:N/VC:N/VI:N/VA:H/SC:L/SI:N/SA:L", "5.1")]
    [InlineData("CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:H/SI:L/SA:L", "8.4")]
    [InlineData("CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:A/VC:H/VI:L/VA:L/SC:H/SI:N/SA:N", "8.2")]
    [InlineData("CVSS:4.0/AV:A/AC:H/AT:P/PR:L/UI:P/VC:L/VI:N/VA:H/SC:L/SI:N/SA:L", "4.3")]
    [InlineData("CVSS:4.0/AV:N/AC:H/AT:N/PR:N/UI:P/VC:H/VI:H/VA:N/SC:L/SI:N/SA:N", "7.6")]
    [InlineData("CVSS:4.0/AV:P/AC:L/AT:N/PR:H/UI:N/VC:L/VI:H/VA:L/SC:H/SI:H/SA:N", "7")]
    [InlineData("CVSS:4.0/AV:N/AC:H/AT:N/PR:N/UI:N/VC:N/VI:H/VA:H/SC:N/SI:N/SA:L", "8.3")]
    [InlineData("CVSS:4.0/AV:A/AC:H/AT:P/PR:N/UI:P/VC:H/VI:N/VA:N/SC:H/SI:N/SA:H", "7")]
    [InlineData("CVSS:4.0/AV:P/AC:H/AT:N/PR:H/UI:A/VC:H/VI:L/VA:L/SC:N/SI:N/SA:H", "5.7")]
    [InlineData("CVSS:4.0/AV:A/AC:L/AT:P/PR:N/UI:P/VC:L/VI:N/VA:L/SC:H/SI:N/SA:H", "5.1")]
    [InlineData("CVSS:4.0/AV:P/AC:L/AT:P/PR:H/UI:N/VC:H/VI:N/VA:H/SC:L/SI:N/SA:H", "5.8")]
    [InlineData("CVSS:4.0/AV:N/AC:H/AT:P/PR:N/UI:A/VC:N/VI:N/VA:N/SC:H/SI:N/SA:H", "5.1")]
    [InlineData("CVSS:3.1/AV:P/AC:L/PR:L/UI:R/S:U/C:N/I:L/A:L", "3.1")]
    [InlineData("CVSS:3.1/AV:L/AC:H/PR:H/UI:N/S:U/C:L/I:L/A:L", "3.9")]
    [InlineData("CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:C/C:H/I:N/A:H", "8.2")]
    [InlineData("CVSS:3.1/AV:A/AC:L/PR:H/UI:R/S:U/C:H/I:L/A:L", "5.4")]
    [InlineData("CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:C/C:L/I:H/A:H", "8.4")]
    [InlineData("CVSS:3.1/AV:P/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:L", "5.9")]
    [InlineData("CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:L/I:N/A:H", "6.1")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:H/A:N", "8.2")]
    [InlineData("CVSS:3.1/AV:L/AC:L/PR:L/UI:R/S:C/C:H/I:H/A:N", "7.9")]
    [InlineData("CVSS:3.1/AV:P/AC:H/PR:N/UI:R/S:C/C:H/I:N/A:N", "4.8")]
    [InlineData("CVSS:3.1/AV:A/AC:L/PR:L/UI:R/S:U/C:H/I:N/A:H", "6.7")]
    [InlineData("CVSS:3.1/AV:A/AC:L/PR:L/UI:R/S:U/C:N/I:N/A:L", "3")]
    public void Gives_the_score_that_other_calculators_give(string vector, string score) => Cvss.Score(vector).ShouldBe(decimal.Parse(score, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(Given.High, Given.Low)]
    [InlineData(Given.Low, Given.High)]
    public void Of_several_scores_the_gravest_rates_a_vulnerability(string whole, string package)
    {
        var record = OsvRecord.Parse(Encoding.UTF8.GetBytes($$"""
            {"id":"X","modified":"2026-01-01T00:00:00Z","severity":[{"type":"CVSS_V3","score":"{{whole}}"},{"type":"CVSS_V3","score":"odd"}],
             "affected":[{"package":{"ecosystem":"npm","name":"a"},"severity":[{"type":"CVSS_V3","score":"{{package}}"}]}]}
            """)).Value;

        SeverityRating.Of(record).ShouldBe(new SeverityRating(VulnerabilitySeverity.High, 7.5m));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7.5")]
    [InlineData("CVSS:3.1/AV:N")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X")]
    [InlineData("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N")]
    [InlineData("AV:N/AC:L/Au:N/C:P/I:P/A:P")]
    public void Gives_none_for_what_is_no_whole_vector(string vector) => Cvss.Score(vector).ShouldBeNull();
}
