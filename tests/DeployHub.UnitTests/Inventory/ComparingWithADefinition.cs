using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Inventory;

/// <summary>An environment's definition is compared as a whole: what differs is drift like any other, and what no longer differs is over.</summary>
public sealed class ComparingWithADefinition
{
    private static readonly Actor Olga = new("olga", "Olga");
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);
    private static readonly EnvironmentDefinition Infra = new(FactKind.Resource, "infra", "infra 1.0"), Newer = Infra with { Revision = "infra 1.1" };

    private readonly TargetBaseline _baseline = TargetBaseline.Of(TargetId.New());
    private readonly List<DriftItem> _items = [];
    private DateTimeOffset _now = Start;

    [Fact]
    public void A_difference_names_the_revision_and_halts()
    {
        var failed = Look(Infra, ("aws_instance.web", "missing")).ShouldBeOfType<StepOutcome.Failed>();

        failed.Cause.ShouldBe(HaltCause.DriftDetected);
        failed.Reason.ShouldBe("web-1 is not as it was left: resource aws_instance.web of infra is missing instead of as defined by infra 1.0. No run explains it.");
        failed.Evidence.Select(evidence => $"{evidence.Name}: {evidence.Value}").ShouldBe(["Definition: infra 1.0", "resource aws_instance.web of infra: missing instead of as defined by infra 1.0"]);
    }

    [Fact]
    public void What_no_longer_differs_closes_itself_and_what_another_definition_said_stays()
    {
        Look(Infra, ("a", "missing"), ("b", "missing"));
        Look(Infra with { Name = "other" }, ("a", "missing"));

        Look(Infra, ("b", "missing")).ShouldBeOfType<StepOutcome.Failed>();
        Look(Infra).ShouldBeOfType<StepOutcome.Succeeded>();
        _items.Select(item => (item.Subject, item.Status)).ShouldBe([("resource a of infra", DriftStatus.Corrected), ("resource b of infra", DriftStatus.Corrected), ("resource a of other", DriftStatus.Detected)]);
    }

    [Fact]
    public void What_nobody_could_tell_stays_open()
    {
        Look(Infra, ("a", "missing"), ("b", "missing"));

        Look(Infra with { Untold = ["a"] }).ShouldBeOfType<StepOutcome.Succeeded>();
        _items.Select(item => (item.Name, item.IsOpen)).ShouldBe([("a", true), ("b", false)]);
        Look(Infra with { IsWhole = false }).ShouldBeOfType<StepOutcome.Succeeded>();
        _items[0].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Comparisons_of_other_parts_or_with_other_values_have_another_scope()
    {
        var source = new DefinitionSource("infra", "1.0");
        var (ansible, terraform) = (new CheckAnsible(source), new CheckTerraform(source));
        var values = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" };

        (ansible.Scope, terraform.Scope).ShouldBe(("", ""));
        (ansible with { Tags = ["x", "y"] }).Scope.ShouldBe((ansible with { Tags = ["y", "x"] }).Scope);
        string[] scopes =
        [
            (ansible with { Tags = ["x"] }).Scope, (ansible with { Groups = ["x"] }).Scope, (ansible with { Variables = values }).Scope,
            (terraform with { Variables = values }).Scope, (terraform with { Backend = values }).Scope, (terraform with { Environment = values }).Scope, (terraform with { State = "x" }).Scope,
        ];
        scopes.ShouldAllBe(scope => scope.Length == 15);
        scopes.Distinct().Count().ShouldBe(6, "variables of both tools read alike");
    }

    [Fact]
    public void What_the_owner_accepts_counts_for_that_revision_and_that_difference()
    {
        Look(Infra, ("a", "different: size is 3 and defined 2"));
        _baseline.Accept(_items[0], "Scaled by hand", "CHG-305", Olga, _now).Error.ShouldBeNull();

        Look(Infra, ("a", "different: size is 3 and defined 2")).ShouldBeOfType<StepOutcome.Succeeded>().Evidence[^1].Value.ShouldEndWith(", as accepted");
        Look(Infra, ("a", "different: size is 4 and defined 2")).ShouldBeOfType<StepOutcome.Failed>();
        Look(Newer, ("a", "different: size is 3 and defined 2")).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldContain("instead of as defined by infra 1.1");
    }

    [Fact]
    public void Names_that_are_too_long_stay_different()
    {
        var (first, second) = (Infra.Fact(new string('a', 400) + "1", true).Name, Infra.Fact(new string('a', 400) + "2", true).Name);
        first.ShouldNotBe(second);
        first.Length.ShouldBeLessThanOrEqualTo(200);
        Infra.Covers(DriftItem.Detect(TargetId.New(), Infra.Fact(first, true), "x", "y", "scan", Start)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(FactKind.Resource, "check-terraform")]
    [InlineData(FactKind.Task, "check-ansible")]
    public void A_part_of_a_definition_is_not_watched_by_itself(FactKind kind, string check) =>
        WatchedFact.Objections([new WatchedFact(kind, "a", "infra")]).ShouldHaveSingleItem().Sentence.ShouldContain(check);

    private StepOutcome Look(EnvironmentDefinition definition, params (string Part, string Observed)[] differences)
    {
        _now += TimeSpan.FromMinutes(1);
        var facts = differences.Select(difference => new SeenFact(definition.Fact(difference.Part, true), difference.Observed)).ToList();
        var look = new DriftLook(_baseline, _items.Where(item => item.IsOpen), new Dictionary<string, DesiredVersion>(), "DEP-2026-000001/R1", _now).See(facts, definition);
        _items.AddRange(look.Found);
        return DriftVerdict.Of(look, [], "web-1", new StepOutcome.Observed(facts) { Definition = definition, Evidence = [new Evidence("Definition", definition.Revision)] });
    }
}
