using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;

namespace DeployHub.UnitTests.Inventory.Dependencies;

public sealed class JudgingDependencies
{
    private static readonly string[] Targets = ["web-1", "web-2"];

    [Fact]
    public void What_is_needed_runs_here_already()
    {
        var verdict = Judge([Web(new Dependency("api", "^2.1"))], Here("api-1", "api", "2.3.0")).ShouldHaveSingleItem();

        (verdict.Declaration, verdict.Seen, verdict.Objection).ShouldBe(("web 2.0.0 needs api ^2.1 in the same environment", "api-1 has 2.3.0", null));
    }

    [Fact]
    public void What_is_needed_comes_in_the_same_plan() =>
        Judge([Web(new Dependency("api", "^2.1")), Of("api", "2.1.0")], Here("web-1", "api", "1.0.0"), Here("web-2", "api", "1.0.0")).ShouldHaveSingleItem().Seen.ShouldBe("the plan brings 2.1.0");

    [Theory]
    [InlineData("*", "web 2.0.0 needs api in the same environment, but production has none: deploy api there first, or add it to the plan.")]
    [InlineData("^2", "web 2.0.0 needs api ^2 in the same environment, but production has none: deploy api there first, or add it to the plan.")]
    public void What_is_needed_and_nowhere_is_told(string versions, string objection) => Objections([Web(new Dependency("api", versions))], Here("web-1", "web", "1.0.0")).ShouldBe([objection]);

    [Fact]
    public void Every_place_of_the_environment_counts()
    {
        var here = new[] { Here("api-1", "api", "1.9.0"), Here("api-2", "api", "2.0.0"), Here("api-3", "api", "1.9.0") };

        Objections([Web(new Dependency("api", "^2"))], here).ShouldBe(["web 2.0.0 needs api ^2 in the same environment, but api-1 and api-3 have 1.9.0: deploy api ^2 first or in the same plan, or plan another version of web."]);
    }

    [Fact]
    public void On_the_same_target_only_planned_targets_count()
    {
        var needs = Web(new Dependency("agent", ">=3", DependencyKind.Needs, DependencyPlace.SameTarget));

        Objections([needs], Here("web-1", "agent", "3.1.0"), Here("web-2", "agent", "3.0.0"), Here("other", "agent", "1.0.0")).ShouldBeEmpty();
        Objections([needs], Here("web-1", "agent", "2.9.0"), Here("other", "agent", "3.0.0")).ShouldBe(
            ["web 2.0.0 needs agent >=3 on the same target, but web-2 has none: deploy agent there first, or add it to the plan. And web-1 has 2.9.0: deploy agent >=3 first or in the same plan, or plan another version of web."]);
    }

    [Fact]
    public void What_goes_only_with_some_versions_needs_none_of_them()
    {
        var declared = Web(new Dependency("api", "^2", DependencyKind.GoesWith));

        Objections([declared]).ShouldBeEmpty();
        Objections([declared], Here("api-1", "api", "2.5.0")).ShouldBeEmpty();
        Objections([declared], Here("api-1", "api", "3.0.0")).ShouldHaveSingleItem().ShouldStartWith("web 2.0.0 goes only with api ^2 in the same environment, but api-1 has 3.0.0:");
    }

    [Fact]
    public void What_does_not_go_together_is_told_unless_the_plan_replaces_it()
    {
        var declared = Web(new Dependency("legacy", "<2", DependencyKind.NotWith));

        Objections([declared], Here("web-1", "legacy", "1.4.0")).ShouldBe(
            ["web 2.0.0 does not go with legacy <2 in the same environment, but web-1 has 1.4.0: take legacy away there or deploy another version of it, or plan another version of web."]);
        Objections([declared], Here("web-1", "legacy", "2.0.0")).ShouldBeEmpty();
        Objections([declared], Here("web-1", "legacy", "1.5.0-rc.1"), Here("web-2", "legacy", "nightly")).ShouldHaveSingleItem().ShouldContain("but web-1 has 1.5.0-rc.1 and web-2 has nightly:");
        Objections([declared, Of("legacy", "2.0.0")], Here("web-1", "legacy", "1.4.0")).ShouldBeEmpty();
    }

    [Fact]
    public void What_stays_is_asked_as_well()
    {
        var report = new DeclaringVersion("report", "1.0.0", [new Dependency("web", "<2")]);

        Objections([Web()], new PlacedVersion("rep-1", report), new PlacedVersion("rep-2", report)).ShouldBe(
            ["report 1.0.0, which stays on rep-1 and rep-2, needs web <2 in the same environment, but the plan brings 2.0.0: plan another version of web, or first deploy a version of report that goes with it."]);
        Objections([Web(), Of("report", "2.0.0")], new PlacedVersion("web-1", report)).ShouldBeEmpty("the plan replaces it");
    }

    [Fact]
    public void What_stays_elsewhere_is_not_asked_about_the_same_target()
    {
        var agent = new DeclaringVersion("agent", "1.0.0", [new Dependency("web", "<2", DependencyKind.Needs, DependencyPlace.SameTarget)]);

        Objections([Web()], new PlacedVersion("other", agent)).ShouldBeEmpty();
        Objections([Web()], new PlacedVersion("other", agent), new PlacedVersion("web-2", agent)).ShouldHaveSingleItem().ShouldStartWith("agent 1.0.0, which stays on web-2, needs web <2 on the same target, but the plan brings 2.0.0:");
    }

    [Fact]
    public void What_stays_and_needs_what_is_removed_is_in_its_way_unless_the_plan_accepts_that()
    {
        var report = new PlacedVersion("rep-1", new DeclaringVersion("report", "1.0.0", [new Dependency("web", "<2")]));
        var gone = Of("web", WatchedFact.Absent);

        Objections([gone], report).ShouldBe(
            ["report 1.0.0, which stays on rep-1, needs web <2 in the same environment, but the plan removes it: remove report first or in the same plan, deploy a version of it that does without, or say in the plan why it may stay."]);
        Objections([gone, Of("report", WatchedFact.Absent)], report with { Target = "web-1" }).ShouldBeEmpty("it goes as well");
        Objections([gone], report, Here("web-3", "web", "1.0.0")).ShouldBeEmpty("it stays elsewhere");
        Objections([gone], report, Here("web-3", "web", "2.0.0")).Count.ShouldBe(1, "not as it is needed");

        var accepted = new DependencyPicture("production", Targets, [gone], [report]) { IsMissingAccepted = true };
        accepted.Verdicts().ShouldBe([new DependencyVerdict("report 1.0.0 on rep-1 needs web <2 in the same environment", "the plan removes web and accepts that", null)]);
        accepted.Dependants().ShouldBe(["report"]);
    }

    [Fact]
    public void What_comes_does_not_find_what_goes() =>
        Objections([Of("api", WatchedFact.Absent), Web(new Dependency("api"))], Here("web-1", "api", "1.0.0")).ShouldHaveSingleItem().ShouldStartWith("web 2.0.0 needs api in the same environment, but production has none");

    [Fact]
    public void What_does_not_go_with_it_does_not_mind_that_it_goes() =>
        Objections([Of("web", WatchedFact.Absent)], new PlacedVersion("rep-1", Of("report", "1.0.0", new Dependency("web", "*", DependencyKind.NotWith)))).ShouldBeEmpty();

    [Fact]
    public void All_findings_are_told_at_once() =>
        Objections([Web(new Dependency("api"), new Dependency("queue"), new Dependency("mail")), Of("batch", "1.0.0", new Dependency("nowhere"))], Here("mail-1", "mail", "1.0.0")).Count.ShouldBe(3);

    [Fact]
    public void What_was_found_counts_and_not_what_is_recorded()
    {
        PlacedVersion[] recorded = [Here("a", "api", "1.0.0"), Here("b", "api", "1.0.0"), Here("c", "api", "1.0.0")];

        PlacedVersion.AsFound(recorded, [Here("a", "api", "hotfix"), Here("b", "api", WatchedFact.Absent), Here("c", "api", "1.0.0"), Here("c", "agent", "2.0.0")])
            .Select(placed => $"{placed.Target} {placed.Version}").ShouldBe(["a api hotfix", "c agent 2.0.0", "c api 1.0.0"]);
    }

    private static DeclaringVersion Web(params Dependency[] dependencies) => Of("web", "2.0.0", dependencies);

    private static DeclaringVersion Of(string component, string label, params Dependency[] dependencies) => new(component, label, dependencies);

    private static PlacedVersion Here(string target, string component, string label) => new(target, Of(component, label));

    private static IReadOnlyList<DependencyVerdict> Judge(DeclaringVersion[] brought, params PlacedVersion[] here) => new DependencyPicture("production", Targets, brought, here).Verdicts();

    private static List<string> Objections(DeclaringVersion[] brought, params PlacedVersion[] here) => [.. Judge(brought, here).Select(verdict => verdict.Objection).OfType<string>()];
}
