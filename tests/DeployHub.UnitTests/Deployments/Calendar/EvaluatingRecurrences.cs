using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Deployments.Calendar;
using static DeployHub.UnitTests.Deployments.Calendar.CalendarGiven;

namespace DeployHub.UnitTests.Deployments.Calendar;

/// <summary>Wall time becomes instants: a time that does not exist moves forward, one that occurs twice takes the first for starts and the second for ends (domain Appendix A).</summary>
public sealed class EvaluatingRecurrences
{
    [Theory]
    [InlineData("Europe/Stockholm", "2026-03-28", "2026-03-28T01:30Z", "2026-03-28T02:30Z", "an hour as it is")]
    [InlineData("Europe/Stockholm", "2026-03-29", "2026-03-29T01:30Z", "2026-03-29T01:30Z", "02:30 does not exist and is 03:30, which is when it ends as well")]
    [InlineData("Europe/Stockholm", "2026-10-25", "2026-10-25T00:30Z", "2026-10-25T02:30Z", "02:30 occurs twice: the first is the start")]
    [InlineData("America/New_York", "2026-03-07", "2026-03-07T07:30Z", "2026-03-07T08:30Z", "an hour as it is")]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T07:30Z", "2026-03-08T07:30Z", "02:30 does not exist and is 03:30")]
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T07:30Z", "2026-11-01T08:30Z", "02:30 is after the hour that occurs twice")]
    [InlineData("Australia/Lord_Howe", "2026-04-04", "2026-04-03T15:30Z", "2026-04-03T16:30Z", "an hour as it is")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "2026-04-04T16:00Z", "2026-04-04T17:00Z", "clocks go back by half an hour at 02:00, so 02:30 is once")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "2026-10-03T15:30Z", "2026-10-03T16:30Z", "02:30 is the first moment after half an hour was left out")]
    public void A_window_from_half_past_two_to_half_past_three_is_right_on_the_day_the_clocks_change(string zone, string day, string from, string to, string because)
    {
        var when = new Recurrence(DateTime.Parse($"{day}T02:30", null), TimeSpan.FromHours(1), zone);

        var time = when.Between(new Occurrence(Instant(from).AddDays(-2), Instant(from).AddDays(2))).Single();
        time.Start.ShouldBe(Instant(from), because);
        time.End.ShouldBe(Instant(from) == Instant(to) ? Instant(to).AddHours(1) : Instant(to), because);
    }

    [Theory]
    [InlineData("Europe/Stockholm", "2026-10-25T02:15", 30, "2026-10-25T00:15Z", "2026-10-25T01:45Z")]
    [InlineData("America/New_York", "2026-11-01T01:15", 30, "2026-11-01T05:15Z", "2026-11-01T06:45Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:35", 20, "2026-04-04T14:35Z", "2026-04-04T15:25Z")]
    public void What_begins_and_ends_within_the_hour_that_occurs_twice_lasts_from_the_first_to_the_second(string zone, string start, int minutes, string from, string to)
    {
        var time = new Recurrence(DateTime.Parse(start, null), TimeSpan.FromMinutes(minutes), zone).Between(new Occurrence(Instant(from).AddDays(-1), Instant(to).AddDays(1))).Single();

        (time.Start, time.End).ShouldBe((Instant(from), Instant(to)));
    }

    [Fact]
    public void A_weekend_lasts_an_hour_less_or_more_when_the_clocks_change_within_it()
    {
        var times = Weekend with { Start = new DateTime(2026, 1, 2, 15, 0, 0) };

        times.Between(new Occurrence(Utc(3, 27, 0), Utc(3, 30, 0))).Single().ShouldBe(new Occurrence(Utc(3, 27, 14), Utc(3, 30, 5)));
        times.Between(new Occurrence(Utc(10, 23, 0), Utc(10, 26, 0))).Single().ShouldBe(new Occurrence(Utc(10, 23, 13), Utc(10, 26, 6)));
    }

    [Fact]
    public void Nothing_is_evaluated_beyond_the_horizon()
    {
        Always.Between(new Occurrence(new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.MaxValue)).ShouldBeEmpty();
        Always.Between(new Occurrence(DateTimeOffset.MinValue, new(2020, 1, 3, 0, 0, 0, TimeSpan.Zero))).Count.ShouldBe(2);
        RecurrenceEvaluation.WallStarts("FREQ=SECONDLY", new DateTime(2026, 1, 1), new DateTime(2110, 1, 1), out var isWhole).Length.ShouldBe(60_000);
        isWhole.ShouldBeFalse();
    }

    [Fact]
    public void A_wall_time_has_no_offset()
    {
        var input = new RecurrenceInput { Start = new DateTime(2026, 12, 4, 9, 0, 0), End = new DateTime(2026, 12, 4, 10, 0, 0, DateTimeKind.Utc), Zone = "UTC" };

        input.Bind().Error!.Code.ShouldBe("recurrence.has-offset");
        (input with { End = new DateTime(2026, 12, 4, 10, 0, 0) }).Bind().Error.ShouldBeNull();
    }

    [Fact]
    public void A_day_that_is_left_out_does_not_happen()
    {
        var when = Every("FREQ=DAILY", 9, 1) with { Except = [new DateOnly(2026, 12, 5)] };

        when.Between(new Occurrence(Utc(12, 4, 0), Utc(12, 7, 0))).Select(time => time.Start.Day).ShouldBe([4, 6]);
    }

    [Fact]
    public void What_began_before_the_range_and_lasts_into_it_is_there() =>
        Weekend.Between(new Occurrence(Utc(12, 6, 0), Utc(12, 6, 1))).Single().Start.ShouldBe(Utc(12, 4, 14));

    [Fact]
    public void An_end_said_as_a_day_includes_that_day_and_one_said_as_an_instant_is_in_the_zone()
    {
        Every("FREQ=DAILY;UNTIL=20260103", 9, 1, "Europe/Stockholm").Between(new Occurrence(Utc(1, 1, 0), Utc(2, 1, 0))).Count.ShouldBe(3);
        Every("FREQ=DAILY;UNTIL=20260103T080000Z", 9, 1, "Europe/Stockholm").Between(new Occurrence(Utc(1, 1, 0), Utc(2, 1, 0))).Count.ShouldBe(3, "09:00 in Stockholm is 08:00 UTC");
        Every("FREQ=DAILY;UNTIL=20260103T075959Z", 9, 1, "Europe/Stockholm").Between(new Occurrence(Utc(1, 1, 0), Utc(2, 1, 0))).Count.ShouldBe(2);
    }

    [Fact]
    public void A_recurrence_that_never_ends_is_allowed_and_says_so()
    {
        (Weekend.IsEndless, Weekend.FullObjection(), Weekend.Span().Ends).ShouldBe((true, null, null));
        (Weekend with { Rule = "FREQ=WEEKLY;BYDAY=FR;COUNT=2" }).Span().ShouldBe(new RecurrenceSpan(Utc(11, 27, 14), Utc(12, 7, 6)));
        Weekend.Next(Friday, 2).Select(time => time.Start).ShouldBe([Utc(12, 4, 14), Utc(12, 11, 14)]);
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "recurrence.never-occurs", "When.Rule" },
        { "FREQ=DAILY;UNTIL=20250101", "recurrence.never-occurs", "When.Rule" },
        { "FREQ=SOMETIMES", "recurrence.rule-malformed", "When.Rule" },
        { "FREQ=", "recurrence.rule-malformed", "When.Rule" },
        { "BYDAY=MO", "recurrence.rule-malformed", "When.Rule" },
        { "FREQ=WEEKLY;BYDAY=XX", "recurrence.rule-malformed", "When.Rule" },
        { "FREQ=DAILY;INTERVAL=0", "recurrence.rule-malformed", "When.Rule" },
        { "FREQ=DAILY;COUNT=3;UNTIL=20270101", "recurrence.rule-malformed", "When.Rule" },
        { "FREQ=DAILY;COUNT=99999999999999999999", "recurrence.rule-malformed", "When.Rule" },
        { "FREQ=0", "recurrence.rule-malformed", "When.Rule" },
        { "FREQ=DAILY;FREQ=SECONDLY", "recurrence.rule-malformed", "When.Rule" },
        { "FREQ=HOURLY", "recurrence.finer-than-a-day", "When.Rule" },
        { "FREQ=MINUTELY;INTERVAL=5", "recurrence.finer-than-a-day", "When.Rule" },
        { "FREQ=DAILY;BYHOUR=9,14", "recurrence.time-in-rule", "When.Rule" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_never_occurs_or_cannot_be_read_is_refused_at_its_field(string rule, string code, string field)
    {
        var objection = Every(rule, 9, 1).FullObjection();

        objection.ShouldNotBeNull(rule);
        (objection.Code, objection.Fields.Keys.Single()).ShouldBe((code, field));
    }

    [Fact]
    public void What_is_longer_than_its_period_ends_before_it_starts_or_is_nowhere_is_refused()
    {
        Every("FREQ=DAILY", 9, 25).FullObjection()!.Code.ShouldBe("recurrence.longer-than-period");
        Every("FREQ=DAILY", 9, 24).FullObjection().ShouldBeNull("it meets itself and is always open");
        Every("FREQ=WEEKLY;BYDAY=MO,TU", 9, 30).FullObjection()!.Code.ShouldBe("recurrence.longer-than-period");
        Every("FREQ=DAILY", 9, 0).FullObjection()!.Code.ShouldBe("recurrence.ends-before-start");
        Every("FREQ=DAILY", 9, 1, "Europe/Nowhere").FullObjection()!.Code.ShouldBe("recurrence.zone-unknown");
        (Every("FREQ=DAILY", 9, 1) with { Start = new DateTime(1, 1, 1) }).FullObjection()!.Code.ShouldBe("recurrence.start-out-of-range");
        (Every("FREQ=DAILY;COUNT=1", 9, 1) with { Except = [new DateOnly(2026, 1, 1)] }).FullObjection()!.Code.ShouldBe("recurrence.never-occurs");
    }

    [Fact]
    public void A_year_with_two_hundred_recurring_windows_is_evaluated_fast()
    {
        var windows = Enumerable.Range(0, 200).Select(number => Every("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 9, 7, "Europe/Stockholm") with { Start = new DateTime(2024, 1, 1, 9, 0, 0).AddMinutes(number) }).ToList();
        var year = new Occurrence(Utc(1, 1, 0), Utc(12, 31, 0));
        var first = windows.Sum(window => window.Between(year).Count);
        first.ShouldBeGreaterThan(50_000);

        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        windows.Sum(window => window.Between(year).Count).ShouldBe(first);
        System.Diagnostics.Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(1), "the expansion is remembered; the benchmark has the real limit");
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
