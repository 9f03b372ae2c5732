using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Models;

public sealed class SmallThingsOfAModel
{
    private static readonly int[] Numbers = [2, 1];

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("60d", 5184000)]
    public void A_duration_is_a_number_and_a_unit(string text, double seconds) => Duration.Of(text).TotalSeconds.ShouldBe(seconds);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("61d")]
    [InlineData("1w")]
    [InlineData("999999999999999999999999999999d")]
    public void Anything_else_is_no_duration(string? text) => Duration.Parse(text).Error!.Code.ShouldBe("duration.malformed");

    [Theory]
    [InlineData("2", 6, 2, 2)]
    [InlineData("25%", 6, 1, 1)]
    [InlineData("50%", 7, 3, 3)]
    [InlineData("10%", 6, 0, 1)]
    [InlineData("0", 6, 0, 1)]
    [InlineData("100%", 6, 6, 6)]
    public void A_share_rounds_down_and_a_batch_has_at_least_one(string text, int total, int allowed, int batch)
    {
        var share = Share.Parse(text).Value;
        (share.Allowed(total), share.BatchSize(total)).ShouldBe((allowed, batch));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("a few")]
    [InlineData("1.5")]
    public void Anything_else_is_no_share(string? text) => Share.Parse(text).Error!.Code.ShouldBe("share.malformed");

    [Fact]
    public void A_bounded_integer_keeps_its_bounds()
    {
        var size = new Parameter("size", ParameterType.Integer, "2", Mutability.Bounded, "", "1", "6");

        size.Check("6").Error.ShouldBeNull();
        size.Check("7").Error!.Message.ShouldBe("The parameter size must lie between 1 and 6.");
        size.Check("two").Error!.Message.ShouldBe("The parameter size must be a whole number.");
        size.Check("7").Error!.Fields.Keys.ShouldBe(["Parameters.size"]);
    }

    [Fact]
    public void A_bounded_duration_is_compared_by_its_length()
    {
        var patience = new Parameter("patience", ParameterType.Duration, "30s", Mutability.Bounded, "", "5s", "5m");

        patience.Check("120s").Error.ShouldBeNull();
        patience.Check("1h").Error.ShouldNotBeNull();
    }

    [Fact]
    public void A_choice_is_one_of_its_choices() =>
        new Parameter("colour", ParameterType.Text, "blue", Mutability.Bounded, "", Choices: ["blue", "green"]).Check("red").Error!.Message.ShouldBe("The parameter colour must be one of blue, green.");

    [Fact]
    public void A_fixed_parameter_stays_and_a_free_one_is_only_of_its_type()
    {
        new Parameter("mode", ParameterType.Text, "safe", Mutability.Fixed, "").Check("fast").Error!.Message.ShouldContain("fixed at safe");
        new Parameter("mode", ParameterType.Boolean, "true", Mutability.Free, "").Check("false").Error.ShouldBeNull();
        new Parameter("mode", ParameterType.Boolean, "true", Mutability.Free, "").Check("yes").Error.ShouldNotBeNull();
    }

    [Fact]
    public void Names_are_filled_everywhere_and_secrets_are_left_to_the_worker()
    {
        var script = new RunScript(["sh", "${version.label}"], new Dictionary<string, string> { ["A"] = "${target.port}-${target.port}", ["B"] = "${secret:key}" });

        var filled = (RunScript)Template.Fill(script, new Dictionary<string, string> { ["version.label"] = "1.0", ["target.port"] = "80" }).Value;

        filled.Command.ShouldBe(["sh", "1.0"]);
        filled.Environment!["A"].ShouldBe("80-80");
        filled.Environment["B"].ShouldBe("${secret:key}");
        Template.NamesIn(script).ShouldBe(["version.label", "target.port", "secret:key"]);
    }

    [Fact]
    public void A_name_without_value_is_refused_and_a_filled_value_is_not_filled_again()
    {
        Template.Fill(new Wait("${parameter.a}"), new Dictionary<string, string>()).Error!.Message.ShouldBe("Nothing gives a value to ${parameter.a}.");
        ((Wait)Template.Fill(new Wait("${a}"), new Dictionary<string, string> { ["a"] = "${b}" }).Value).For.ShouldBe("${b}");
    }

    [Fact]
    public void Applicability_objects_in_a_sentence()
    {
        var rule = new Applicability { Kinds = [ComponentKind.Software], Tiers = [Tier.Production], Services = ["greeter"] };

        rule.Objection([ComponentKind.Software], Tier.Production, "greeter").ShouldBeNull();
        rule.Objection([ComponentKind.Software, ComponentKind.Hardware], Tier.Production, "greeter").ShouldBe("it is for components of kind Software, not Hardware");
        rule.Objection([ComponentKind.Software], Tier.Test, "greeter").ShouldBe("it is for environments of tier Production, not Test");
        new Applicability().Objection([ComponentKind.Other], Tier.Other, "any").ShouldBeNull();
    }

    [Fact]
    public void A_model_for_few_is_more_made_for_them_than_one_for_all()
    {
        var (named, one, many, any) = (
            new Applicability { Kinds = [ComponentKind.Software, ComponentKind.Hardware], Services = ["greeter"] }, new Applicability { Kinds = [ComponentKind.Software] },
            new Applicability { Kinds = [ComponentKind.Software, ComponentKind.Hardware] }, new Applicability());

        new[] { any, many, one, named }.OrderBy(rule => rule.Breadth()).ShouldBe([named, one, many, any]);
    }

    [Fact]
    public void Canonical_json_is_the_same_for_the_same_meaning() =>
        CanonicalJson.Of(new { b = 1, Nothing = (string?)null, a = Numbers, Tier = Tier.Production }).ShouldBe("""{"a":[2,1],"b":1,"tier":"Production"}""");
}
