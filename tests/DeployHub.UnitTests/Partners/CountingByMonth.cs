using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Partners;
using DeployHub.Web.Pages.Partners;
using static DeployHub.UnitTests.Deployments.AlignmentGiven;

namespace DeployHub.UnitTests.Partners;

/// <summary>What became of questions, by the month in which they were asked (M3).</summary>
public sealed class CountingByMonth
{
    private static readonly DateOnly October = new(2026, 10, 1);

    [Fact]
    public void An_answer_is_in_time_late_or_an_objection_and_silence_is_none_of_them()
    {
        var asked = Asked().Alignments.Single();
        var months = AlignmentMonth.Of(
            [
                Answered(asked, Yes, asked.Deadline), Answered(asked, Yes, asked.Deadline.AddSeconds(1)), Answered(asked, No, asked.Deadline.AddDays(1)),
                asked with { Status = AlignmentStatus.NoResponse }, Answered(asked, Yes, asked.Deadline) with { Status = AlignmentStatus.Superseded },
            ], October.AddDays(20), 12);

        months.Count.ShouldBe(12);
        (months[0].Month, months[^1].Month).ShouldBe((new DateOnly(2025, 11, 1), October));
        months[^1].ShouldBe(new AlignmentMonth(October, InTime: 2, Late: 1, Silent: 1, Objected: 1));
        months.Take(11).ShouldAllBe(month => month.All == 0);
    }

    [Fact]
    public void What_is_not_due_was_asked_anew_before_or_agreed_in_advance_is_no_part_of_it()
    {
        var asked = Asked().Alignments.Single();

        AlignmentMonth.Of([asked, asked with { Status = AlignmentStatus.Superseded }, Asked(Bank with { InAdvance = InAdvance }).Alignments.Single()], October, 1).Single().All.ShouldBe(0);
    }

    [Fact]
    public void A_column_is_as_tall_as_its_count_is_of_the_highest_month()
    {
        var picture = new AlignmentPicture([new AlignmentMonth(October.AddMonths(-1), 1, 0, 0, 0), new AlignmentMonth(October, 2, 1, 0, 1)]);

        picture.Blocks.Select(block => (block.Part, block.Y, block.Tall)).ShouldBe([("in-time", "45", "15"), ("in-time", "30", "30"), ("late", "15", "15"), ("objected", "0", "15")]);
        picture.Blocks.Last().Title.ShouldBe("Oct 2026: 1 objected");
        picture.InWords.ShouldBe("In twelve months 5 questions came to an end: 3 agreed in time, 1 agreed late, 0 silent and 1 objected.");
    }

    private static AlignmentRequest Answered(AlignmentRequest asked, GivenAnswer given, DateTimeOffset at) =>
        asked with { Status = AlignmentStatus.Agreed, Answer = new AlignmentAnswer(given.Reply, given.Words, "Petra", AnswerWay.Link, Petra, at) };
}
