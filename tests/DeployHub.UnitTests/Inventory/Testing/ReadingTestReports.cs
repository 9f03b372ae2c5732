using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Testing;

namespace DeployHub.UnitTests.Inventory.Testing;

public sealed class ReadingTestReports
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Tests_are_counted_one_by_one_however_deep_their_suites_lie()
    {
        var results = Read("""
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites tests="999">
              <testsuite name="a">
                <testcase classname="Shop.Cart" name="adds"/>
                <testcase classname="Shop.Cart" name="removes"><failure message="expected 1">at Cart</failure></testcase>
                <testsuite name="inner"><testcase name="pays"><error/><failure/></testcase></testsuite>
              </testsuite>
              <testsuite name="b">
                <testcase name="waits"><skipped/></testcase>
                <testcase name="is flaky"><flakyFailure message="once"/><system-out>ok</system-out></testcase>
              </testsuite>
            </testsuites>
            """).Value;

        (results.Passed, results.Failed, results.Skipped).ShouldBe((2, 2, 1));
        results.FailedTests.ShouldBe(["Shop.Cart.removes", "pays"]);
    }

    [Theory]
    [InlineData("status='notrun'")]
    [InlineData("status='run' result='skipped'")]
    [InlineData("result='suppressed'")]
    public void What_was_not_run_has_not_passed(string attributes) => Read($"<testsuite><testcase name='x' {attributes}/></testsuite>").Value.ShouldSatisfyAllConditions(results => results.Passed.ShouldBe(0), results => results.Skipped.ShouldBe(1));

    [Fact]
    public void One_suite_alone_is_a_report_too() => Read("<testsuite><testcase name='x'/></testsuite>").Value.Passed.ShouldBe(1);

    [Theory]
    [InlineData("", "test-report.malformed")]
    [InlineData("<testsuites><testcase></testsuites>", "test-report.malformed")]
    [InlineData("{\"tests\":1}", "test-report.malformed")]
    [InlineData("<html/>", "test-report.not-junit")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><testsuites>&b;</testsuites>", "test-report.malformed")]
    [InlineData("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><testsuites/>", "test-report.malformed")]
    public void What_is_no_report_is_refused(string text, string code) => Read(text).Error!.Code.ShouldBe(code);

    [Fact]
    public void Absurd_depth_is_refused_and_a_million_failures_are_counted()
    {
        Read($"<testsuites>{string.Concat(Enumerable.Repeat("<testsuite>", 100_000))}").Error!.Code.ShouldBe("test-report.too-deep");
        Read($"<testsuites><testcase>{string.Concat(Enumerable.Repeat("<a>", 100_000))}").Error!.Code.ShouldBe("test-report.too-deep");

        var many = Read($"<testsuites>{string.Concat(Enumerable.Range(0, 100_000).Select(number => $"<testcase name='{number}{new string('x', 50)}'><error/></testcase>"))}</testsuites>").Value;
        (many.Failed, many.FailedTests.Count).ShouldBe((100_000, TestResults.MostNamed));
    }

    [Fact]
    public void Only_what_was_tested_is_shown_to_be_tested()
    {
        var (package, other) = (Digest.OfText("package"), Digest.OfText("other"));
        var version = VersionOf(new Artefact("package", "dml", "shop.zip", package), new Artefact("docs", "dml", "shop.pdf", other));
        Result<TestReport> Report(Digest digest, TestResults results, DateTimeOffset? ranAt = null) => TestReport.Of(version, digest, "unit", results, ranAt, null, null, Actor.System, Now);
        var good = new TestResults(1, 0, 0, []);

        Report(package, good).Value.Digest.ShouldBe(version.Digest);
        Report(version.Digest, good).Value.RanAt.ShouldBe(Now);
        Report(Digest.OfText("yesterday's"), good).Error!.Code.ShouldBe("test-report.other-content");
        Report(package, new TestResults(0, 0, 0, [])).Error!.Code.ShouldBe("test-report.empty");
        Report(package, good, Now.AddHours(1)).Error!.Code.ShouldBe("test-report.in-the-future");
    }

    private static ComponentVersion VersionOf(params Artefact[] artefacts) => ComponentVersion.Register(
        Component.Register(ServiceId.New(), "shop", "Shop", ComponentKind.Software, null, Actor.System, Now), "1.0.0", artefacts, new Dictionary<string, string>(), new Dictionary<string, string>(), [], Actor.System, Now).Value;

    private static Result<TestResults> Read(string text) => JUnitReport.Parse(Encoding.UTF8.GetBytes(text));
}
