using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;

namespace DeployHub.UnitTests.Models;

public sealed class ParametersInWords
{
    [Fact]
    public void What_is_fixed_is_never_said_to_depend_on_a_plan() =>
        ModelInWords.Of(new Parameter("signed", ParameterType.Boolean, "false", Mutability.Fixed, "Signed.")).ShouldEndWith(": false always, and no plan may change it.");

    [Fact]
    public void What_is_bounded_says_how_far_a_plan_may_go() =>
        ModelInWords.Of(new Parameter("soak", ParameterType.Duration, "1m", Mutability.Bounded, "Soak.", "1s", "1h"))
            .ShouldEndWith(": 1m unless the plan says otherwise; a plan may choose from 1s to 1h.");

    [Theory]
    [InlineData("uplaod", " Did you mean upload?")]
    [InlineData("up", " Did you mean upload?")]
    [InlineData("to", "")]
    [InlineData("something-else", "")]
    [InlineData("", "")]
    public void The_nearest_name_is_asked_for_when_it_is_near(string name, string question) => Domain.NearNames.Question(name, ["upload", "script", "as"]).ShouldBe(question);
}
