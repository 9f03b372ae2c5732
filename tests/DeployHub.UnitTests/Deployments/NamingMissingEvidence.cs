using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Testing;
using DeployHub.Domain.Models.Steps;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What does not show that a version was tested, told to whoever approves it afterwards.</summary>
public sealed class NamingMissingEvidence
{
    private static readonly DateTimeOffset Started = new(2026, 12, 3, 21, 52, 0, TimeSpan.Zero);
    private static readonly PlannedVersion Web = Given.Plan.Versions[0];
    private static readonly CheckTests[] Asks = [new(["unit", "end-to-end"])];

    [Fact]
    public void Without_any_report_that_is_all_there_is_to_say_of_tests() =>
        MissingEvidence.Of(Web, Asks, [], false, Started).ShouldBe(["No test of it was reported.", "It had succeeded in no other environment before."]);

    [Fact]
    public void A_suite_that_nobody_reported_one_that_failed_and_one_that_ran_too_late_are_named() =>
        MissingEvidence.Of(Web, Asks, [Report("smoke", 38, 2, Started.AddHours(-1)), Report("unit", 40, 0, Started.AddMinutes(9))], true, Started).ShouldBe(
        [
            "The model asks for the suite “end-to-end”, and nobody reported it.", "2 of 40 tests of “smoke” failed.", "“unit” ran on 2026-12-03 22:01 UTC, when it had started already.",
        ]);

    [Fact]
    public void What_was_tested_and_proven_lacks_nothing() => MissingEvidence.Of(Web, [], [Report("unit", 40, 0, Started)], true, Started).ShouldBeEmpty();

    [Fact]
    public void What_is_taken_away_needs_no_test() => MissingEvidence.Of(PlannedVersion.Absent(ComponentId.New(), "web", ComponentKind.Software), Asks, [], false, Started).ShouldBeEmpty();

    private static TestReport Report(string suite, int passed, int failed, DateTimeOffset ranAt)
    {
        var component = Component.Register(ServiceId.New(), "web", "Web", ComponentKind.Software, null, Actor.System, Started);
        var version = ComponentVersion.Register(component, "1.1.0", [new Artefact("package", "store", "web.zip", Digest.OfText("web"))], new Dictionary<string, string>(), new Dictionary<string, string>(), [], Actor.System, Started).Value;
        return TestReport.Of(version, version.Digest, suite, new TestResults(passed, failed, 0, []), ranAt, null, null, Actor.System, Started.AddDays(1)).Value;
    }
}
