using DeployHub.Domain.Audit;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;
using static DeployHub.UnitTests.Deployments.Calendar.CalendarGiven;

namespace DeployHub.UnitTests.Audit;

/// <summary>CC-14: no run is under way inside a freeze without an exception that it used. The freeze of each weekend begins on Friday, 14:00 UTC.</summary>
public sealed class CheckingFreezes
{
    private static readonly DateTimeOffset Begins = Utc(12, 4, 14), Until = Utc(12, 4, 17);
    private static readonly Freeze Weekends = Freeze(exempt: ChangeCategory.Emergency);
    private static readonly FreezeTime Time = new(Weekends, new Occurrence(Begins, Utc(12, 7, 6)));

    [Fact]
    public void A_run_that_ends_as_the_freeze_begins_keeps_it_and_one_that_is_longer_does_not()
    {
        Check([Run(1, Utc(12, 4, 13), Begins)]).ShouldBeNull();
        var found = Check([Run(1, Utc(12, 4, 13), Begins.AddMinutes(31))]).ShouldNotBeNull();
        (found.Since, found.Mended).ShouldBe((Begins, null));
        found.Sentence.ShouldBe("R1 was under way inside the freeze “Weekend” (FRZ-2026-000001) from 2026-12-04 14:00 UTC on, without an exception that it used.");
    }

    [Fact]
    public void Each_run_and_each_weekend_counts()
    {
        var found = Check([Run(1, Utc(12, 5, 9), Utc(12, 5, 10)), Run(2, Utc(12, 12, 9), Utc(12, 12, 10))]).ShouldNotBeNull();
        found.Since.ShouldBe(Utc(12, 5, 9));
        found.Sentence.ShouldContain("R1 was");
        found.Sentence.ShouldContain("R2 was");
    }

    [Fact]
    public void What_the_freeze_exempts_keeps_it() => Check([Run(1, Utc(12, 5, 9), Utc(12, 5, 10))], category: ChangeCategory.Emergency).ShouldBeNull();

    [Fact]
    public void A_freeze_that_was_declared_over_a_run_under_way_blames_nobody() =>
        Check([Run(1, Weekends.DeclaredAt.AddMinutes(-1), Utc(12, 5, 10))]).ShouldBeNull();

    [Fact]
    public void The_run_that_used_an_exception_keeps_it_and_the_next_one_needs_its_own()
    {
        var exception = Granted();
        exception.Use(1, Paul, Begins.AddMinutes(5)).Error.ShouldBeNull();

        Check([Run(1, Begins.AddMinutes(5), Begins.AddMinutes(40))], exception).ShouldBeNull();
        Check([Run(2, Begins.AddMinutes(50), Begins.AddMinutes(55))], exception).ShouldNotBeNull();
    }

    [Fact]
    public void One_that_was_granted_covers_a_run_that_came_into_the_freeze_before_it_expired()
    {
        Check([Run(1, Utc(12, 4, 13), Begins.AddMinutes(10))], Granted()).ShouldBeNull();
        Check([Run(1, Until.AddMinutes(1), Until.AddMinutes(10))], Granted()).ShouldNotBeNull("it had expired");
        Check([Run(1, Utc(12, 12, 9), Utc(12, 12, 10))], Granted()).ShouldNotBeNull("it was about another weekend");
    }

    [Fact]
    public void One_that_was_only_asked_for_refused_or_void_covers_nothing()
    {
        Check([Run(1, Begins, Begins.AddMinutes(10))], Request()).ShouldNotBeNull();

        var (refused, unfit) = (Request(), Granted());
        refused.Refuse(Weekends, "Wait until Monday.", Owner, [], Olga, Friday).Error.ShouldBeNull();
        unfit.Void("The plan changed.").Error.ShouldBeNull();
        Check([Run(1, Begins, Begins.AddMinutes(10))], refused, unfit).ShouldNotBeNull();
    }

    private static Breach? Check(RunTime[] runs, params FreezeException[] exceptions) => Check(runs, ChangeCategory.Normal, exceptions);

    private static Breach? Check(RunTime[] runs, ChangeCategory category, params FreezeException[] exceptions) =>
        FreezeKept.Of(runs, Times(Production(), [], [Weekends], Friday.AddDays(-40), 60), category, exceptions);

    private static RunTime Run(int number, DateTimeOffset start, DateTimeOffset end) => new(number, new Occurrence(start, end));

    private static FreezeException Granted()
    {
        var exception = Request();
        exception.Grant(Weekends, exception.PlanDigest, Until, null, null, Owner, [], Olga, Friday).Error.ShouldBeNull();
        return exception;
    }

    private static FreezeException Request() => FreezeException.Request(
        "EXC-2026-000001", Deployment.Create("DEP-2026-000118", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Shop", "", Given.Plan, null, Mia, Friday), Time,
        new Occurrence(Utc(12, 4, 13), Utc(12, 4, 15)), new ExceptionRequest("The file is due", "A fine", "Paul until 20:00", TimeSpan.FromMinutes(6), Until), Mia, Friday).Value;
}
