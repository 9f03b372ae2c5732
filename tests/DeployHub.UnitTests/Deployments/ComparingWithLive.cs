using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Comparing;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What is live against what comes, and what is otherwise than last time.</summary>
public sealed class ComparingWithLive
{
    private static readonly DateTimeOffset Now = Given.Now;

    [Fact]
    public void The_same_a_later_and_an_earlier_version_are_told_apart()
    {
        Coming("1.1.0", Live("1.1.0", Now)).Verdict.ShouldBe(ComparisonVerdict.Same);
        Coming("1.1.0", Live("1.0.0", Now.AddDays(-1))).Verdict.ShouldBe(ComparisonVerdict.Forward);
        Coming("1.1.0", Live("1.2.0", Now.AddDays(1))).Verdict.ShouldBe(ComparisonVerdict.StepBack);
        Coming("1.1.0").Verdict.ShouldBe(ComparisonVerdict.First);
    }

    [Fact]
    public void Targets_that_differ_say_on_which_it_steps_back()
    {
        var mixed = Coming("1.1.0", Live("1.2.0", Now.AddDays(1), "web-2"), Live("1.0.0", Now.AddDays(-1), "web-1"));

        mixed.Verdict.ShouldBe(ComparisonVerdict.Mixed);
        mixed.StepsBackOn.ShouldBe(["web-2"]);
        (Coming("1.1.0", Live("1.1.0", Now)) with { Absent = ["web-2"] }).Verdict.ShouldBe(ComparisonVerdict.Mixed);
    }

    [Theory]
    [InlineData("https://github.com/acme/shop.git", "https://github.com/acme/shop/compare/aaa...bbb")]
    [InlineData("https://gitlab.acme.example/group/shop", "https://gitlab.acme.example/group/shop/-/compare/aaa...bbb")]
    [InlineData("https://git.acme.example/shop.git", "https://git.acme.example/shop")]
    [InlineData("git@github.com:acme/shop.git", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData(null, null)]
    public void Commits_are_linked_where_the_repository_can_be_followed(string? repository, string? link) => CommitsLink.Between(repository, "aaa", "bbb").ShouldBe(link);

    [Fact]
    public void The_same_commit_has_nothing_between() => CommitsLink.Between("https://github.com/acme/shop", "aaa", "aaa").ShouldBeNull();

    [Fact]
    public void Variables_are_compared_by_what_targets_get_and_not_by_which_there_are()
    {
        PlannedVariable[] before = [new("level", "info", "everywhere", ["web-1", "web-2"]), new("gone", "1", "everywhere", ["web-1"])];
        PlannedVariable[] now = [new("level", "info", "production", ["web-1", "web-2", "web-3"]), new("new", "2", "everywhere", ["web-1"])];

        ValueChange.OfVariables(before, now).ShouldBe([new ValueChange("gone", "1", null), new ValueChange("new", null, "2")]);
    }

    [Fact]
    public void Values_that_changed_places_differ()
    {
        PlannedVariable[] before = [new("level", "info", "a", ["web-1"]), new("level", "debug", "b", ["web-2"])];
        PlannedVariable[] now = [new("level", "debug", "b", ["web-1"]), new("level", "info", "a", ["web-2"])];

        ValueChange.OfVariables(before, now).ShouldHaveSingleItem().Now.ShouldBe("debug (web-1); info (web-2)");
    }

    [Fact]
    public void Secrets_are_masked()
    {
        var change = ValueChange.OfVariables([new("password", "${secret:old}", "a", ["web-1"])], [new("password", "${secret:new}", "a", ["web-1"])]).ShouldHaveSingleItem();

        change.ShouldBe(new ValueChange("password", "a secret", "another secret"));
    }

    [Fact]
    public void A_parameter_that_is_not_said_is_the_model_s_default() =>
        ValueChange.OfParameters(new Dictionary<string, string> { ["batch"] = "2", ["same"] = "x" }, new Dictionary<string, string> { ["same"] = "x" }).ShouldBe([new ValueChange("batch", "2", null)]);

    private static ComponentComparison Coming(string label, params LiveVersion[] live) => new("web", label, Digest.OfText(label), Now, null, live, []);

    private static LiveVersion Live(string label, DateTimeOffset registeredAt, string target = "web-1") => new(label, Digest.OfText(label), [target], Now, registeredAt, null);
}
