using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Measuring;
using DeployHub.Features.Models.Improving;
using DeployHub.Web.Pages.Improvements;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.UnitTests.Pages;

public sealed class ShowingImprovements
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly ListImprovements.Row Proposed = new(
        "IMP-2026-000001", "Look earlier", "small", "Small", ImprovementStatus.Proposed, "Milo", At, 0, false, null, null, false, null, null, null, null, false, null);

    [Theory]
    [InlineData(0, false, "proposed today")]
    [InlineData(1, false, "proposed 1 day ago")]
    [InlineData(30, false, "proposed 30 days ago")]
    [InlineData(31, true, "undecided for 31 days")]
    public void Its_age_is_told_and_when_an_answer_is_owed(int days, bool isOverdue, string words) =>
        Improving.Age(Proposed with { AgeInDays = days, IsOverdue = isOverdue }).ShouldBe(words);

    [Fact]
    public void A_row_tells_what_is_wanted_and_later_what_came_of_it()
    {
        Improving.Effect(Proposed).ShouldBeNull();
        Improving.Effect(Proposed with { Goal = Goal }).ShouldBe("Lead time 9 h, at most 5 h wanted");

        var evaluation = new Evaluation(Hours(4), EffectVerdict.Effective, EffectVerdict.Effective, null, Actor.System, At, ByOwner: false, BeforeDue: false);
        Improving.Effect(Proposed with { Goal = Goal, Evaluation = evaluation }).ShouldBe("Lead time 9 h → 4 h");
    }

    [Fact]
    public void What_became_worse_stands_out()
    {
        ImprovementStatus.Evaluated.Mark(EffectVerdict.Worse).ShouldBe(MarkState.Halted);
        ImprovementStatus.Evaluated.Mark(EffectVerdict.NoEffect).ShouldBe(MarkState.Cancelled);
        ImprovementStatus.Evaluated.Mark(EffectVerdict.Effective).ShouldBe(MarkState.Passed);
        ImprovementStatus.Evaluated.Word(EffectVerdict.NoEffect).ShouldBe("No effect");
        ImprovementStatus.InProgress.Word(null).ShouldBe("In progress");
    }

    [Fact]
    public void A_picture_of_times_begins_at_nothing_and_ends_behind_the_longest()
    {
        var picture = new EffectPicture(Goal, Hours(4));

        picture.End.ShouldBe("9 h 27 min");
        picture.Lanes.Select(lane => lane.Name).ShouldBe(["Before", "After"]);
        picture.Lanes[0].ShouldBe(new EffectPicture.Lane("Before", "949.38", "952.38", "0"));
    }

    [Fact]
    public void A_picture_of_rates_reaches_from_nothing_to_all_and_has_no_after_before_there_is_one()
    {
        var few = Measurement.Of(ImprovementMetric.SuccessRate, new Proportion(4, 4), At.AddDays(-90), At)!;
        var picture = new EffectPicture(new Goal(few, 1), null);

        (picture.End, picture.Target).ShouldBe(("100 %", "994"));
        picture.Lanes.ShouldHaveSingleItem().ShouldBe(new EffectPicture.Lane("Before", "994", null, null));
    }

    [Fact]
    public void What_is_typed_as_evidence_is_one_a_line()
    {
        var command = new ProposalForm { Model = "small", Title = "Look earlier", Evidence = "S5 Read it back\r\n\r\n DEP-2026-000123 ", Hypothesis = " " }.ToCommand();

        command.Evidence.ShouldBe(["S5 Read it back", "DEP-2026-000123"]);
        command.Hypothesis.ShouldBeNull();
    }

    private static Goal Goal => new(Hours(9), TimeSpan.FromHours(5).TotalSeconds);

    private static Measurement Hours(double hours) =>
        Measurement.Of(ImprovementMetric.LeadTime, Timings.Of(Enumerable.Repeat(TimeSpan.FromHours(hours), 10)), At.AddDays(-90), At)!;
}
