using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Models.Improving;
using FluentValidation;

namespace DeployHub.UnitTests.Models;

/// <summary>Every rule of the messages about improvements, once.</summary>
public sealed class ImprovementInputTests
{
    private const string Number = "IMP-2026-000001";
    private static readonly string Long = new('x', 2001);

    [Fact]
    public void What_is_complete_passes()
    {
        Wrong(new ProposeImprovement.Validator(), new ProposeImprovement("small", "Look earlier", ["S5"])).ShouldBeEmpty();
        Wrong(new AssessImprovement.Validator(), new AssessImprovement(Number, Level.Low, Level.Low, Level.Low)).ShouldBeEmpty();
        Wrong(new AcceptImprovement.Validator(), new AcceptImprovement(Number, "mia@demo.deployhub", new DateOnly(2027, 1, 1), ImprovementMetric.LeadTime, "5h")).ShouldBeEmpty();
        Wrong(new StartImprovement.Validator(), new StartImprovement(Number)).ShouldBeEmpty();
        Wrong(new StartImprovement.Validator(), new StartImprovement(Number, "https://board.example.com/7")).ShouldBeEmpty();
        Wrong(new EvaluateImprovement.Validator(), new EvaluateImprovement(Number, EffectVerdict.Worse)).ShouldBeEmpty();
    }

    [Fact]
    public void A_proposal_names_its_model_and_keeps_to_what_is_read() =>
        Wrong(new ProposeImprovement.Validator(), new ProposeImprovement("", new string('x', 201), [.. Enumerable.Repeat("S5", 21)], Long))
            .ShouldBe(["Model", "Title", "Evidence", "Hypothesis"]);

    [Fact]
    public void An_assessment_says_all_three_levels()
    {
        Wrong(new AssessImprovement.Validator(), new AssessImprovement(Number, null, null, null, Long, Long)).ShouldBe(["Value", "Effort", "Risk", "Note", "Hypothesis"]);
        Wrong(new AssessImprovement.Validator(), new AssessImprovement(Number, (Level)7, Level.Low, Level.Low)).ShouldBe(["Value"]);
    }

    [Fact]
    public void A_decision_against_it_has_a_reason() => Wrong(new DeclineImprovement.Validator(), new DeclineImprovement(Number, " ")).ShouldBe(["Reason"]);

    [Fact]
    public void What_it_goes_on_as_has_a_number() => Wrong(new MergeImprovement.Validator(), new MergeImprovement(Number, "")).ShouldBe(["Into"]);

    [Fact]
    public void A_decision_for_it_says_who_when_and_how_it_will_be_judged() =>
        Wrong(new AcceptImprovement.Validator(), new AcceptImprovement(Number, "", null, null, "", Long)).ShouldBe(["Owner", "Due", "Metric", "Target", "Reason"]);

    [Fact]
    public void A_task_has_an_address() => Wrong(new StartImprovement.Validator(), new StartImprovement(Number, "tomorrow")).ShouldBe(["TaskLink"]);

    [Fact]
    public void An_evaluation_has_a_verdict() => Wrong(new EvaluateImprovement.Validator(), new EvaluateImprovement(Number, null, Long)).ShouldBe(["Verdict", "Reason"]);

    private static IEnumerable<string> Wrong<T>(AbstractValidator<T> validator, T command) => validator.Validate(command).Errors.Select(error => error.PropertyName).Distinct();
}
