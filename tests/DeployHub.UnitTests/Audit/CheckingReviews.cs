using DeployHub.Domain;
using DeployHub.Domain.Audit;
using DeployHub.Domain.Deployments;

namespace DeployHub.UnitTests.Audit;

/// <summary>CC-9: what went wrong or past everybody is talked about in time.</summary>
public sealed class CheckingReviews
{
    /// <summary>A Friday, so that five working days end on the next Friday.</summary>
    private static readonly DateTimeOffset Ended = new(2026, 12, 4, 22, 10, 0, TimeSpan.Zero), Due = new(2026, 12, 12, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_due_by_the_end_of_the_fifth_working_day()
    {
        Check(Outcome.Succeeded, ChangeCategory.Emergency, null, Due.AddTicks(-1)).ShouldBeNull();
        var found = Check(Outcome.Succeeded, ChangeCategory.Emergency, null, Due).ShouldNotBeNull();
        (found.Since, found.Mended).ShouldBe((Due, null));
        found.Sentence.ShouldBe("It was an emergency. It was over on 2026-12-04, and its review had to be held by 2026-12-11.");
    }

    [Fact]
    public void A_public_holiday_does_not_count()
    {
        var closed = new WorkingDays(new Dictionary<DateOnly, string> { [new(2026, 12, 8)] = "Founders’ day" });
        ReviewHeld.Of(Outcome.Failed, ChangeCategory.Normal, Ended, null, closed, Due.AddDays(2)).ShouldBeNull();
        ReviewHeld.Of(Outcome.Failed, ChangeCategory.Normal, Ended, null, closed, Due.AddDays(3)).ShouldNotBeNull(); // from Monday to Monday, and that is over on Tuesday
    }

    [Theory]
    [InlineData(Outcome.PartiallyDeployed, true)]
    [InlineData(Outcome.RolledBack, true)]
    [InlineData(Outcome.Succeeded, false)]
    [InlineData(Outcome.SucceededAfterIntervention, false)]
    public void Only_what_failed_or_ended_partially_is_owed_one_unless_it_was_an_emergency(Outcome outcome, bool owes) =>
        (Check(outcome, ChangeCategory.Normal, null, Due.AddDays(1)) is not null).ShouldBe(owes);

    [Fact]
    public void One_that_is_held_in_time_is_none_and_one_that_is_held_late_mends_it()
    {
        Check(Outcome.RolledBack, ChangeCategory.Normal, Due.AddMinutes(-1), Due.AddYears(1)).ShouldBeNull();
        Check(Outcome.RolledBack, ChangeCategory.Normal, Due.AddDays(2), Due.AddYears(1))!.Mended.ShouldBe(new Mending(Due.AddDays(2), "The review was held on 2026-12-14, 2 d late."));
    }

    private static Breach? Check(Outcome outcome, ChangeCategory category, DateTimeOffset? heldAt, DateTimeOffset now) =>
        ReviewHeld.Of(outcome, category, Ended, heldAt, WorkingDays.WithoutHolidays, now);
}
