using System.Text.Json;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>A model extends one published version of another: its head is its own, parameters may be narrower, and nothing else differs.</summary>
public sealed class ExtendingModels
{
    private const string Model = """
        model: large
        name: Large
        purpose: For many targets.
        extends: small@2
        appliesTo: { tiers: [Production] }
        parameters:
          size: { default: 1, maximum: 3 }
        """;

    [Fact]
    public void It_does_what_the_other_does_with_its_own_head_and_closer_bounds()
    {
        var reading = Shelf.Read(Model);
        reading.Remarks.ShouldBeEmpty(string.Join('\n', reading.Remarks));

        var (model, other) = (reading.Content!, Shelf.Library.Models["small"][1].Content!);
        (model.Model, model.Name, model.Purpose, model.Approach).ShouldBe(("large", "Large", "For many targets.", Approach.Rolling));
        (model.AppliesTo.Tiers, model.AppliesTo.Kinds).ShouldSatisfyAllConditions(applies => applies.Tiers.ShouldBe([Tier.Production]), applies => applies.Kinds.ShouldBe([ComponentKind.Software], "what is left out is as there"));
        model.Parameters.ShouldHaveSingleItem().ShouldBe(new Parameter("size", ParameterType.Integer, "1", Mutability.Bounded, "Targets a batch.", "1", "3"));
        model.Execute.ShouldBe(other.Execute);
        model.Extends!.InWords.ShouldBe("small v2");
        ModelInWords.Summary(model).ShouldContain("It does what small v2 does, with size of its own.");
    }

    [Fact]
    public void Where_it_applies_is_as_there_or_as_it_says_and_judged_with_what_it_does()
    {
        Shelf.Read(Without("appliesTo: { tiers: [Production] }\n")).Content!.AppliesTo.Kinds.ShouldBe([ComponentKind.Software]);

        var remark = Shelf.Read(With("{ tiers: [Production] }", "{ kinds: [Hardware] }")).Errors.ShouldHaveSingleItem();
        (remark.Rule, remark.Path, remark.Line, remark.Column).ShouldBe(("A-V2", "extends", 4, 10));
        remark.Sentence.ShouldStartWith("In small v2: Add a step that uses check-manifest");
    }

    [Fact]
    public void A_parameter_may_be_fixed_and_has_no_bounds_then() =>
        Shelf.Read(With("{ default: 1, maximum: 3 }", "{ default: 4, mutability: Fixed }")).Content!.Parameters[0].ShouldBe(new Parameter("size", ParameterType.Integer, "4", Mutability.Fixed, "Targets a batch."));

    [Theory]
    [InlineData("extends: small@2", "extends: smal@2", "extends", 4, 10, "There is no published model “smal”. Near it: small@2.")]
    [InlineData("extends: small@2", "extends: small", "extends", 4, 10, "“small” is no model with its version. Write both, such as small@2.")]
    [InlineData("extends: small@2", "extends: small@9", "extends", 4, 10, "small has no v9. Its newest is small@2.")]
    [InlineData("extends: small@2", "extends: small@3", "extends", 4, 10, "v3 of small is a draft, and only what is published can be extended. Its newest is small@2.")]
    [InlineData("extends: small@2", "extends: large@1", "extends", 4, 10, "large cannot extend itself: its next version is drafted from the one before.")]
    [InlineData("extends: small@2", "extends: tiny@1", "extends", 4, 10, "tiny v1 extends small v1 itself, and one step is as far as people can follow. Extend small@1.")]
    [InlineData("extends: small@2", "extends: round@1", "extends", 4, 10, "round v1 extends large v4 itself, so they would go round in a circle.")]
    [InlineData("extends: small@2", "extends: [small]", "extends", 4, 10, "“extends” must be text.")]
    [InlineData("purpose: For many targets.\n", "", "purpose", 1, 1, "“purpose” is missing.")]
    [InlineData("appliesTo: { tiers: [Production] }", "rollback: { method: Irreversible }", "rollback", 5, 11, "“rollback” cannot stand beside extends: it is as in the model that is extended.")]
    [InlineData("appliesTo: { tiers: [Production] }", "approach: Canary", "approach", 5, 11, "“approach” cannot stand beside extends")]
    [InlineData("appliesTo: { tiers: [Production] }", "stages: {}", "stages", 5, 9, "“stages” cannot stand beside extends")]
    [InlineData("appliesTo: { tiers: [Production] }", "stage: {}", "stage", 5, 1, "“stage” is not known here. Known are model, name, purpose, extends, appliesTo, preAuthorised and parameters.")]
    [InlineData("size: {", "siz: {", "parameters.siz", 7, 8, "small has no parameter siz that could be said anew. Near it: size.")]
    [InlineData("maximum: 3", "type: Text", "parameters.size.type", 7, 29, "“type” stays as it is in the model that is extended")]
    [InlineData("maximum: 3", "maximum: 7", "parameters.size.maximum", 7, 32, "“maximum” goes above 6 in the model that is extended, and may only be narrower.")]
    [InlineData("maximum: 3", "minimum: 0", "parameters.size.minimum", 7, 32, "“minimum” goes below 1 in the model that is extended")]
    [InlineData("default: 1", "default: 9", "parameters.size.default", 7, 20, "“default” must lie between 1 and 6 in the model that is extended")]
    [InlineData("default: 1, maximum: 3", "mutability: Free", "parameters.size.mutability", 7, 23, "“mutability” leaves open what is bounded in the model that is extended")]
    [InlineData("default: 1, maximum: 3", "maximum: 1", "parameters.size.default", 7, 9, "The default “2” breaks its own rule")]
    public void Anything_else_is_refused_with_its_place(string was, string now, string path, int line, int column, string sentence)
    {
        var reading = Shelf.Read(With(was, now));

        reading.Content.ShouldBeNull();
        var remark = reading.Errors.Where(remark => remark.Path == path).ShouldHaveSingleItem(string.Join('\n', reading.Remarks));
        remark.Sentence.ShouldStartWith(sentence);
        (remark.Line, remark.Column).ShouldBe((line, column));
    }

    [Fact]
    public void Extending_what_is_suspended_is_warned_of_and_a_later_version_is_hinted_at()
    {
        Shelf.Read(With("small@2", "halted@1")).ShouldSatisfyAllConditions(
            reading => reading.Content.ShouldNotBeNull(),
            reading => reading.Remarks.ShouldHaveSingleItem().Sentence.ShouldBe("v1 of halted is suspended: It never stops."),
            reading => reading.Remarks[0].Severity.ShouldBe(Severity.Warning));
        Shelf.Read(With("small@2", "small@1")).Remarks.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            remark => remark.Sentence.ShouldBe("v2 of small is there."), remark => remark.Severity.ShouldBe(Severity.Hint), remark => remark.Line.ShouldBe(4));
    }

    [Fact]
    public void An_error_of_the_other_model_by_rules_of_today_stands_where_it_is_named()
    {
        var broken = Written.Content() with { VerifyDeployment = [] };
        var library = Shelf.Library with { Models = new Dictionary<string, IReadOnlyList<KnownModel>> { ["small"] = [new(2, ModelVersionStatus.Published, broken)] } };

        var remark = ModelDocument.Read(Model, library).Errors.First();
        (remark.Path, remark.Line, remark.Column).ShouldBe(("extends", 4, 10));
        remark.Sentence.ShouldStartWith("In small v2: ");
    }

    [Fact]
    public void Written_again_it_extends_and_says_the_same()
    {
        foreach (var text in new[] { Model, Without("appliesTo: { tiers: [Production] }\n"), With("appliesTo: { tiers: [Production] }", "appliesTo: {}"), With("\nparameters:\n  size: { default: 1, maximum: 3 }", "") })
        {
            var content = Shelf.Read(text).Content!;
            var again = Shelf.Read(ModelDocument.Yaml(content));
            again.Remarks.ShouldBeEmpty(ModelDocument.Yaml(content));
            JsonSerializer.Serialize(again.Content, Json.Options).ShouldBe(JsonSerializer.Serialize(content, Json.Options));
        }
    }

    [Fact]
    public void A_document_to_begin_with_has_no_error() =>
        Shelf.Read(DocumentHead.Extending("large", "Large: one", "Why.", new Pin("small", 2))).ShouldSatisfyAllConditions(reading => reading.Remarks.ShouldBeEmpty(), reading => reading.Content!.Name.ShouldBe("Large: one"));

    [Theory]
    [InlineData(Mutability.Free, null, null, null, Mutability.Free, null, null, null, null)]
    [InlineData(Mutability.Free, null, null, null, Mutability.Bounded, "1", "3", null, null)]
    [InlineData(Mutability.Fixed, null, null, null, Mutability.Bounded, "1", "3", null, "leaves open what is fixed at 2")]
    [InlineData(Mutability.Bounded, "1", "6", null, Mutability.Bounded, "1", null, null, "goes above 6")]
    [InlineData(Mutability.Bounded, "1", null, null, Mutability.Bounded, "0", "3", null, "goes below 1")]
    [InlineData(Mutability.Bounded, "1", "6", null, Mutability.Bounded, null, null, "2,7", "goes above 6")]
    [InlineData(Mutability.Bounded, null, null, "2,4", Mutability.Bounded, "1", "3", null, "is not only 2, 4")]
    [InlineData(Mutability.Bounded, null, null, "2,4", Mutability.Bounded, null, null, "2,3", "offers “3”, which is none of 2, 4")]
    [InlineData(Mutability.Bounded, "1", "6", null, Mutability.Fixed, null, null, null, null)]
    public void Bounds_lie_within_others_or_it_is_said_how_not(Mutability outer, string? least, string? most, string? choices, Mutability inner, string? closerLeast, string? closerMost, string? closerChoices, string? how)
    {
        Parameter Of(Mutability mutability, string? minimum, string? maximum, string? some) => new("size", ParameterType.Integer, "2", mutability, "Size.", minimum, maximum, some?.Split(','));

        Of(outer, least, most, choices).ExceededBy(Of(inner, closerLeast, closerMost, closerChoices))?.How.ShouldBe(how);
        (Of(outer, least, most, choices).ExceededBy(Of(inner, closerLeast, closerMost, closerChoices)) is null).ShouldBe(how is null);
    }

    private static string With(string was, string now)
    {
        Model.ShouldContain(was);
        return Model.Replace(was, now, StringComparison.Ordinal);
    }

    private static string Without(string text) => With(text, "");
}
