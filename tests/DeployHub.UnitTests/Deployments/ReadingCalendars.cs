using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Deployments.BusyTimes;

namespace DeployHub.UnitTests.Deployments;

/// <summary>When others are busy, from their calendars.</summary>
public sealed class ReadingCalendars
{
    private static readonly DateTimeOffset Now = new(2027, 3, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mia = new("mia", "Mia");

    [Fact]
    public void A_recurring_event_keeps_its_wall_time_when_clocks_change()
    {
        var periods = Read(Event("DTSTART;TZID=Europe/Berlin:20270322T220000", "DTEND;TZID=Europe/Berlin:20270322T230000", "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:Maintenance\\, weekly"));

        periods.Select(period => period.Start).ShouldBe([new(2027, 3, 22, 21, 0, 0, TimeSpan.Zero), new(2027, 3, 29, 20, 0, 0, TimeSpan.Zero)]);
        periods[0].Name.ShouldBe("Maintenance, weekly");
    }

    [Fact]
    public void A_time_without_a_zone_is_one_of_the_calendar_s_own() =>
        ReadIn("Europe/Berlin", Event("DTSTART:20270322T220000", "DURATION:PT90M")).ShouldHaveSingleItem().ShouldBe(new BusyPeriod(Utc(22, 21, 0), Utc(22, 22, 30), "busy"));

    [Fact]
    public void A_time_that_does_not_exist_moves_forward_and_one_that_occurs_twice_is_first_for_starts_and_second_for_ends()
    {
        ReadIn("Europe/Berlin", Event("DTSTART:20270328T023000", "DTEND:20270328T040000")).ShouldHaveSingleItem().Start.ShouldBe(Utc(28, 1, 0));
        var twice = ReadIn("Europe/Berlin", Event("DTSTART:20271031T023000", "DTEND:20271031T024500")).ShouldHaveSingleItem();
        (twice.Start, twice.End).ShouldBe((new(2027, 10, 31, 0, 30, 0, TimeSpan.Zero), new(2027, 10, 31, 1, 45, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Whole_days_are_days_of_the_zone() =>
        ReadIn("Europe/Berlin", Event("DTSTART;VALUE=DATE:20270327", "DTEND;VALUE=DATE:20270329", "SUMMARY:Stocktaking")).ShouldHaveSingleItem()
            .ShouldBe(new BusyPeriod(Utc(26, 23, 0), Utc(28, 22, 0), "Stocktaking"));

    [Fact]
    public void What_is_cancelled_or_free_keeps_nobody_busy() =>
        Read(Event("DTSTART:20270322T220000Z", "DURATION:PT1H", "STATUS:CANCELLED"), Event("DTSTART:20270322T220000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT")).ShouldBeEmpty();

    [Fact]
    public void Who_recurs_for_ever_is_followed_for_a_while()
    {
        Read(Event("DTSTART:20200101T220000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY")).Count.ShouldBe(431);
        var endless = BusyReading.Read(Calendar(Event("DTSTART:20270101T000000Z", "DURATION:PT5M", "RRULE:FREQ=HOURLY")), "Etc/UTC", Now).Value;
        (endless.Periods.Count, endless.LeftOut > 0).ShouldBe((BusyCalendar.MostPeriods, true));
    }

    [Theory]
    [InlineData("hello", 1, "is no NAME:value")]
    [InlineData("BEGIN:VEVENT\nEND:VEVENT", 1, "begins with BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270322T220000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR", 4, "more often than every hour")]
    [InlineData("BEGIN:VCALENDAR\nno colon here\nEND:VCALENDAR", 2, "is no NAME:value")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270322T220000Z\nEND:VCALENDAR", 4, "closes BEGIN:VEVENT of line 2")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nEND:VCALENDAR", 2, "has no DTSTART")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\n b\nDTSTART:2027-03-22\nEND:VEVENT\nEND:VCALENDAR", 5, "which is no time")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Nowhere/Land:20270322T220000\nEND:VEVENT\nEND:VCALENDAR", 3, "time zone “Nowhere/Land” is unknown")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270322T220000Z\nRRULE:FREQ=NEVERLY\nEND:VEVENT\nEND:VCALENDAR", 4, "cannot be read")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270322T220000Z\nEND:VEVENT", 1, "is never closed")]
    public void What_cannot_be_read_is_named_with_its_line(string text, int line, string reason)
    {
        var refusal = BusyReading.Read(text, "Etc/UTC", Now).Error!;

        refusal.Code.ShouldBe("busy.malformed");
        refusal.Message.ShouldContain($"line {line}: ");
        refusal.Message.ShouldContain(reason);
    }

    [Fact]
    public void A_day_that_never_comes_is_said_to_be_one() =>
        BusyReading.Read(Calendar(Event("DTSTART:20270322T220000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")), "Etc/UTC", Now).Error?.Message.ShouldContain("never comes");

    [Theory]
    [InlineData("RRULE:FREQ=0")]
    [InlineData("RRULE:FREQ=DAILY;FREQ=SECONDLY")]
    [InlineData("RRULE:FREQ=DAILY;BYMINUTE=0,1,2")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=2000000000")]
    [InlineData("RRULE:FREQ=DAILY;INTERVAL=0")]
    public void A_rule_that_would_be_followed_for_ever_is_refused(string rule) =>
        BusyReading.Read(Calendar(Event("DTSTART:20270322T220000Z", "DURATION:PT1M", rule)), "Etc/UTC", Now).Error!.Code.ShouldBe("busy.malformed");

    [Fact]
    public void A_calendar_is_followed_for_so_long_only_and_refused_before()
    {
        Refusal(Event("DTSTART:19000101T000000Z", "DURATION:PT1M", "RRULE:FREQ=HOURLY")).ShouldContain("begins 1990 or later");
        Refusal([.. Enumerable.Range(0, 10).Select(number => Event($"DTSTART:199{number}0101T000000Z", "DURATION:PT1M", "RRULE:FREQ=HOURLY"))]).ShouldContain("too often");
        Refusal([.. Enumerable.Range(0, 5_001).Select(number => Event("DTSTART:20270322T220000Z", $"SUMMARY:{number}"))]).ShouldContain("more than 5000 events");
        Refusal(Event("DTSTART:20270322T220000Z", $"SUMMARY:a\n {string.Join("\n ", Enumerable.Repeat("b", 70_000))}")).ShouldContain("more than 64 KiB");
    }

    [Fact]
    public void What_a_worker_found_is_never_quoted()
    {
        var refusal = BusyReading.Read("root:x:0:0\n", "Etc/UTC", Now, mayQuote: false).Error!;

        refusal.Message.ShouldContain("line 1: what stands there is not understood");
        refusal.Message.ShouldNotContain("root");
    }

    [Fact]
    public void A_look_that_was_overtaken_counts_for_nothing()
    {
        var calendar = BusyCalendar.Add("payments", new BusySettings("Payments", "https://example.com/a.ics", null, [], []), Mia, Now);
        var slow = calendar.Take(TimeSpan.FromMinutes(2), Now);
        var quick = calendar.Take(TimeSpan.FromMinutes(2), Now.AddMinutes(3));

        calendar.Settle(slow, [new BusyPeriod(Now, Now.AddHours(1), "old")], 0, Now);
        calendar.Periods.ShouldBeEmpty();
        calendar.Settle(quick, [new BusyPeriod(Now, Now.AddHours(1), "new")], 0, Now);
        calendar.Fail(slow, "It did not answer.", Now);
        (calendar.Periods.Single().Name, calendar.Trouble, calendar.DueAt).ShouldBe(("new", null, Now + BusyCalendar.Every));
        calendar.Upload([], 0, Now).Error.ShouldBe(BusyErrors.Fetched);
    }

    [Fact]
    public void It_concerns_what_it_names_and_everything_when_it_names_nothing()
    {
        new BusySettings("All", null, null, [], []).Concerns("production", null).ShouldBeTrue();
        new BusySettings("Some", null, null, ["production"], ["shop"]).Concerns("staging", "shop").ShouldBeTrue();
        new BusySettings("One", null, null, ["production"], []).Concerns("staging", "shop").ShouldBeFalse();
    }

    private static IReadOnlyList<BusyPeriod> Read(params string[] events) => ReadIn("Etc/UTC", events);

    private static IReadOnlyList<BusyPeriod> ReadIn(string zone, params string[] events) =>
        BusyReading.Read(Calendar(events), zone, Now).Match(reading => reading.Periods, error => throw new InvalidOperationException(error.Message));

    private static string Refusal(params string[] events) => BusyReading.Read(Calendar(events), "Etc/UTC", Now).Error!.Message;

    private static string Event(params string[] lines) => $"BEGIN:VEVENT\nUID:{Digest.OfText(string.Concat(lines)).Short}\n{string.Join('\n', lines)}\nEND:VEVENT\n";

    private static string Calendar(params string[] events) => $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{string.Concat(events)}END:VCALENDAR\n";

    private static DateTimeOffset Utc(int day, int hour, int minute) => new(2027, 3, day, hour, minute, 0, TimeSpan.Zero);
}
