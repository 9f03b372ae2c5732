using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Models.Reviewing;

/// <summary>A review is scheduled, held and closed, and closed only when each signal has its verdict (domain A4).</summary>
public sealed class HoldingReviews
{
    private static readonly Actor Dora = new("dora", "Dora"), Paul = new("paul", "Paul");
    private static readonly DateTimeOffset At = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly AnalysisWindow Period = AnalysisWindow.Of(null, At);

    [Fact]
    public void Follows_the_specification_and_nothing_else() =>
        ReviewMoves.Table.Select(move => $"{move.From} {move.On} {move.To}").ShouldBe(["Scheduled Hold Held", "Held Close Closed"], ignoreOrder: true);

    [Fact]
    public void What_was_seen_when_it_was_held_is_kept_and_each_signal_gets_a_verdict()
    {
        var review = OfModel();
        review.Hold([Dora, Paul, Dora], Period, [Seen("Smoke test"), Seen("Install")], Dora, At).Error.ShouldBeNull();

        (review.Status, review.HeldBy, review.HeldAt, review.PeriodFrom).ShouldBe((ReviewStatus.Held, Dora, At, Period.From));
        review.Participants.ShouldBe([Dora, Paul]);
        review.Findings.Select(finding => (finding.Number, finding.Signal.Subject)).ShouldBe([(1, "Smoke test"), (2, "Install")]);
        review.Close("All said.", null, Dora, At).Error!.Message.ShouldContain("S1 “Smoke test” and S1 “Install” have none");

        review.GiveVerdict(1, ReviewVerdict.Improve, CauseClass.Model, "Too short a timeout", Paul, At).Error.ShouldBeNull();
        review.GiveVerdict(1, ReviewVerdict.Accept, CauseClass.Environment, "The network was slow", Dora, At).Error.ShouldBeNull();
        review.Close("All said.", null, Dora, At).Error!.Message.ShouldContain("S1 “Install” has none");
        review.GiveVerdict(2, ReviewVerdict.Watch, CauseClass.Component, "Once more", Dora, At).Error.ShouldBeNull();

        review.Findings[0].Given.ShouldBe(new GivenVerdict(ReviewVerdict.Accept, CauseClass.Environment, "The network was slow", Dora, At));
        review.Close("All said.", null, Dora, At).Error.ShouldBeNull();
        (review.Status, review.Narrative, review.ClosedBy, review.ClosedAt).ShouldBe((ReviewStatus.Closed, "All said.", Dora, At));
    }

    [Fact]
    public void A_verdict_is_given_while_it_is_held_and_on_what_was_found()
    {
        var review = OfModel();
        Give(review, 1).Error.ShouldBe(ReviewErrors.NotHeld);
        review.Hold([Dora], Period, [Seen("Smoke test")], Dora, At).Error.ShouldBeNull();
        Give(review, 0).Error!.Code.ShouldBe("review.no-such-finding");
        Give(review, 2).Error!.Message.ShouldContain("has 1");
        Give(review, 1).Error.ShouldBeNull();
        review.Close("Said.", null, Dora, At).Error.ShouldBeNull();
        Give(review, 1).Error.ShouldBe(ReviewErrors.NotHeld);
    }

    [Fact]
    public void Nothing_is_held_by_nobody_or_twice_nor_closed_before_it_is_held()
    {
        var review = OfModel();
        review.Hold([], Period, [], Dora, At).Error.ShouldBe(ReviewErrors.NobodyTookPart);
        review.Close("Said.", null, Dora, At).Error!.Code.ShouldBe("review.cannot-move");
        review.Hold([Dora], Period, [], Dora, At).Error.ShouldBeNull();
        review.Hold([Dora], Period, [], Dora, At).Error!.Code.ShouldBe("review.cannot-move");
        review.Close("Said.", null, Dora, At).Error.ShouldBeNull();
        review.Close("Said.", null, Dora, At).Error!.Code.ShouldBe("review.cannot-move");
    }

    [Fact]
    public void The_review_of_a_deployment_says_where_the_cause_lay()
    {
        var review = Review.OfDeployment("REV-2026-000002", ModelId.New(), DeploymentId.New(), "It was rolled back.", new DateOnly(2026, 12, 8), Actor.System, At);
        review.Hold([Dora], Period, [], Dora, At).Error.ShouldBeNull();
        review.Close("Said.", null, Dora, At).Error.ShouldBe(ReviewErrors.CauseClassMissing);
        review.Close("Said.", CauseClass.Supplier, Dora, At).Error.ShouldBeNull();
        review.CauseClass.ShouldBe(CauseClass.Supplier);
    }

    [Fact]
    public void It_is_overdue_when_its_day_is_over_until_it_is_closed()
    {
        var review = OfModel();
        var (lastMoment, after) = (new DateTimeOffset(2026, 12, 8, 23, 59, 59, TimeSpan.Zero), new DateTimeOffset(2026, 12, 9, 0, 0, 0, TimeSpan.Zero));
        (review.IsOverdueAt(lastMoment), review.IsOverdueAt(after)).ShouldBe((false, true));
        review.Hold([Dora], Period, [], Dora, At).Error.ShouldBeNull();
        review.IsOverdueAt(after).ShouldBeTrue();
        review.Close("Said.", null, Dora, At).Error.ShouldBeNull();
        review.IsOverdueAt(after).ShouldBeFalse();
    }

    [Theory]
    [InlineData(19, 10, false)]
    [InlineData(20, 0, true)]
    [InlineData(1, 91, false)]
    [InlineData(1, 92, true)]
    [InlineData(0, 400, false)]
    public void Records_are_analysed_every_twenty_deployments_or_every_quarter(int completed, int days, bool isDue) =>
        (ReviewCadence.OccasionOf(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero), completed, new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero).AddDays(days)) is not null).ShouldBe(isDue);

    [Theory]
    [InlineData(Outcome.Succeeded, ChangeCategory.Normal, null)]
    [InlineData(Outcome.SucceededAfterIntervention, ChangeCategory.Normal, null)]
    [InlineData(Outcome.Succeeded, ChangeCategory.Emergency, "It was an emergency.")]
    [InlineData(Outcome.RolledBack, ChangeCategory.Normal, "The deployment ended rolled back.")]
    [InlineData(Outcome.PartiallyDeployed, ChangeCategory.Normal, "The deployment ended partially deployed.")]
    [InlineData(Outcome.Failed, ChangeCategory.Emergency, "The deployment ended as failed.")]
    public void A_deployment_that_failed_or_was_an_emergency_is_reviewed(Outcome outcome, ChangeCategory category, string? occasion) => ReviewCadence.OccasionOf(outcome, category).ShouldBe(occasion);

    [Theory]
    [InlineData("2026-12-01", "2026-12-08")] // Tuesday
    [InlineData("2026-12-04", "2026-12-11")] // Friday
    [InlineData("2026-12-05", "2026-12-11")] // Saturday
    public void Five_working_days_skip_the_weekend(string day, string due) =>
        WorkingDays.WithoutHolidays.After(DateTimeOffset.Parse($"{day}T10:00:00Z", CultureInfo.InvariantCulture), 5).ShouldBe(DateOnly.Parse(due, CultureInfo.InvariantCulture));

    private static Result Give(Review review, int finding) => review.GiveVerdict(finding, ReviewVerdict.Accept, CauseClass.Model, "So it is", Dora, At);

    private static Review OfModel() => Review.OfModel("REV-2026-000001", ModelId.New(), "A quarter is over.", new DateOnly(2026, 12, 8), Actor.System, At);

    private static Signal Seen(string step) => new(SignalCode.S1, 7, step, $"“{step}” halted 3 of 10 runs.", ["DEP-2026-000001"], "Fix it.");
}
