using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Models;

/// <summary>What a condition may say and what it comes to.</summary>
public sealed class JudgingConditions
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["parameter.migrate"] = "true",
        ["parameter.mode"] = "full",
        ["parameter.size"] = "3",
        ["version.label"] = "1.10",
        ["target.label.data-center"] = "west",
        ["step.plan.changes"] = "007",
        ["step.plan.none"] = "",
    };

    [Theory]
    [InlineData("${parameter.migrate}", true)]
    [InlineData("!${parameter.migrate}", false)]
    [InlineData("${parameter.migrate} == true", true)]
    [InlineData("not ${parameter.migrate} or ${parameter.size} >= 3", true)]
    [InlineData("${parameter.mode} == 'full'", true)]
    [InlineData("${parameter.mode} == \"Full\"", false)]
    [InlineData("${parameter.mode} != 'it is'", true)]
    [InlineData("${parameter.size} > 2.5 && ${parameter.size} * 2 == 6", true)]
    [InlineData("${parameter.size} == '3'", true)]
    [InlineData("${step.plan.changes} == 7", true)]
    [InlineData("${step.plan.changes} == '7'", false)]
    [InlineData("${version.label} == '1.10'", true)]
    [InlineData("${version.label} == '1.1'", false)]
    [InlineData("${version.label} == ${parameter.size}", false)]
    [InlineData("-${parameter.size} < 0", true)]
    [InlineData("0.1 + 0.2 == 0.3", true)]
    [InlineData("${target.label.data-center} in ('east', 'west')", true)]
    [InlineData("${target.label.data-center} in ('westend')", false)]
    [InlineData("${target.label.data-center} not in ('east')", true)]
    [InlineData("${parameter.size} in (1, 2, 3)", true)]
    [InlineData("contains(${version.label}, '.1') && startsWith(${version.label}, '1.') && !endsWith(${version.label}, 'rc')", true)]
    [InlineData("${step.plan.none} == ''", true)]
    [InlineData("${parameter.migrate} || ${step.other.there}", true)]
    [InlineData("!${parameter.migrate} && ${step.other.there} > 0", false)]
    [InlineData("${parameter.mode} == '[x] {y} #z'", false)]
    public void A_condition_holds_or_does_not(string condition, bool holds)
    {
        NCalcConditions.Instance.Objection(condition).ShouldBeNull();
        var judged = NCalcConditions.Instance.Judge(condition, Values);
        judged.Error.ShouldBeNull();
        judged.Value.ShouldBe(holds);
    }

    [Theory]
    [InlineData("${parameter.mode}", "${parameter.mode} is “full”, which is neither true nor false.")]
    [InlineData("${parameter.mode} > 3", "${parameter.mode} is “full”, which is no number.")]
    [InlineData("${step.other.there} > 0", "No step before said ${step.other.there}.")]
    [InlineData("${parameter.size} * 79228162514264337593543950335 > 1", "too large")]
    [InlineData("${parameter.size} / (${parameter.size} - 3) > 1", "divide by zero")]
    public void What_cannot_be_judged_says_why(string condition, string sentence) =>
        NCalcConditions.Instance.Judge(condition, Values).Error!.Message.ShouldContain(sentence);

    [Theory]
    [InlineData("", "no condition")]
    [InlineData("${parameter.size} >", "no condition")]
    [InlineData("${parameter.size} + 1", "a number stands where something true or false is needed")]
    [InlineData("'yes'", "a text stands where something true or false is needed")]
    [InlineData("${parameter.migrate} && 'yes'", "a text stands where")]
    [InlineData("${parameter.size} > 'a'", "a text stands where a number is needed")]
    [InlineData("${parameter.size} in (1, 'a')", "a text stands where a number is needed")]
    [InlineData("migrate == 'x'", "“migrate” is no name")]
    [InlineData("[parameter.migrate]", "“[” has no meaning here")]
    [InlineData("$HOME == 'x'", "“$” has no meaning here")]
    [InlineData("'${parameter.mode}' == 'full'", "inside quotes a name is only text")]
    [InlineData("${parameter.mode} == 'a\\'b'", "cannot contain \\")]
    [InlineData("Pow(2, 1000000000) > 1", "“Pow” is no function")]
    [InlineData("if(true, true, false)", "“if” is no function")]
    [InlineData("contains(${parameter.mode})", "contains takes two texts")]
    [InlineData("${parameter.size} > 1e300", "too many digits")]
    [InlineData("20! > 3", "do not know")]
    [InlineData("${parameter.mode} like 'f%'", "do not know")]
    [InlineData("2 ** 9 > 3", "do not know")]
    [InlineData("${parameter.migrate} ? true : false", "do not know")]
    [InlineData("((((((((((((((((((((((true))))))))))))))))))))))", "more than 20 deep")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!true", "more than 20 deep")]
    public void What_is_no_condition_is_refused(string condition, string sentence) =>
        NCalcConditions.Instance.Objection(condition).ShouldNotBeNull().ShouldContain(sentence);

    [Fact]
    public void Whatever_somebody_writes_is_read_in_no_time_and_never_thrown()
    {
        var random = new Random(7);
        string[] pieces = ["${parameter.size}", "(", ")", "!", "-", "&&", "||", "==", ">", "'x'", "\"", "1", "1e9", ",", "in", "contains(", "[", "${", "}", " ", "#", "\\", "not", "?", ":", "%"];
        for (var round = 0; round < 3000; round++)
        {
            var condition = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => pieces[random.Next(pieces.Length)]));
            Should.NotThrow(() => NCalcConditions.Instance.Judge(condition, Values), condition);
        }
    }
}
