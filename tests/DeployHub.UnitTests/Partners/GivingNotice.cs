using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;

namespace DeployHub.UnitTests.Partners;

/// <summary>Working days, deadlines and wall clocks, across weekends and both changes of the clock.</summary>
public sealed class GivingNotice
{
    private static readonly WorkingDays Weekdays = WorkingDays.WithoutHolidays;
    private static readonly TimeZoneInfo Berlin = WallTime.Zone("Europe/Berlin");
    private static readonly DateTimeOffset Friday = new(2026, 10, 2, 15, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "2026-10-02T15:00Z")]
    [InlineData(1, "2026-10-05T15:00Z")]
    [InlineData(5, "2026-10-09T15:00Z")]
    [InlineData(10, "2026-10-16T15:00Z")]
    [InlineData(17, "2026-10-27T16:00Z")] // the clocks went back: the same time of day is an hour later
    public void Weekends_do_not_count_and_the_time_of_day_stays(int days, string expected) =>
        Weekdays.After(Friday, days, Berlin).ShouldBe(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_day_is_a_working_day_where_they_live()
    {
        var lateOnSunday = new DateTimeOffset(2026, 10, 4, 23, 0, 0, TimeSpan.Zero); // Monday morning in Auckland
        Weekdays.After(lateOnSunday, 1, WallTime.Zone("Pacific/Auckland")).ShouldBe(lateOnSunday.AddDays(1));
        Weekdays.After(lateOnSunday, 1, TimeZoneInfo.Utc).ShouldBe(lateOnSunday.AddDays(1));
        Weekdays.After(lateOnSunday.AddDays(-1), 1, WallTime.Zone("Pacific/Auckland")).ShouldBe(lateOnSunday);
    }

    [Fact]
    public void Between_two_moments_only_whole_working_days_count()
    {
        Weekdays.Between(Friday, Friday.AddDays(3), Berlin).ShouldBe(1);
        Weekdays.Between(Friday, Friday.AddDays(3).AddMinutes(-1), Berlin).ShouldBe(0);
        Weekdays.Between(Friday, Friday.AddDays(7), Berlin).ShouldBe(5);
        Weekdays.Between(Friday, Friday.AddDays(-7), Berlin).ShouldBe(0);
    }

    [Fact]
    public void Notice_is_short_when_fewer_days_are_left_than_were_agreed_and_never_without_a_slot()
    {
        Notice.IsShort(Friday, 5, At(Friday.AddDays(7)), Berlin, Weekdays).ShouldBeFalse();
        Notice.IsShort(Friday, 5, At(Friday.AddDays(7).AddMinutes(-1)), Berlin, Weekdays).ShouldBeTrue();
        Notice.IsShort(Friday, 5, null, Berlin, Weekdays).ShouldBeFalse();
    }

    [Fact]
    public void There_is_a_working_day_left_after_the_deadline_or_half_of_what_is_left()
    {
        Notice.Deadline(Friday, 5, null, Berlin, Weekdays).ShouldBe(Friday.AddDays(7));
        Notice.Deadline(Friday, 5, At(Friday.AddDays(30)), Berlin, Weekdays).ShouldBe(Friday.AddDays(7));
        Notice.Deadline(Friday, 5, At(Friday.AddDays(6)), Berlin, Weekdays).ShouldBe(Friday.AddDays(5));
        Notice.Deadline(Friday.AddDays(-1), 5, At(Friday.AddDays(3)), Berlin, Weekdays).ShouldBe(Friday, "a Monday’s working day before is the Friday");
        Notice.Deadline(Friday, 5, At(Friday.AddHours(8)), Berlin, Weekdays).ShouldBe(Friday.AddHours(4));
        Notice.Deadline(Friday, 5, At(Friday.AddHours(-8)), Berlin, Weekdays).ShouldBe(Friday.AddDays(7), "a deadline is never over when it is set");
    }

    [Fact]
    public void A_time_that_does_not_exist_moves_forward_and_one_that_comes_twice_is_first_for_starts_and_second_for_ends()
    {
        WallTime.First(new DateTime(2026, 3, 29, 2, 30, 0), "Europe/Berlin").ShouldBe(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero));
        WallTime.First(new DateTime(2026, 10, 25, 2, 30, 0), "Europe/Berlin").ShouldBe(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero));
        WallTime.Last(new DateTime(2026, 10, 25, 2, 30, 0), "Europe/Berlin").ShouldBe(new DateTimeOffset(2026, 10, 25, 1, 30, 0, TimeSpan.Zero));
        WallTime.IsZone("Mars/Olympus").ShouldBeFalse();
        WallTime.IsZone("UTC").ShouldBeTrue();
    }

    [Fact]
    public void Times_of_day_are_read_on_the_clock_of_whoever_asked_for_them()
    {
        var bounds = new TimeBounds(new TimeOnly(6, 30), new TimeOnly(8, 0), "Europe/Berlin");
        bounds.HoldFor(Slot("2026-10-13T04:30Z", "2026-10-13T06:00Z")).ShouldBeTrue();
        bounds.HoldFor(Slot("2026-10-13T04:29Z", "2026-10-13T06:00Z")).ShouldBeFalse();
        bounds.HoldFor(Slot("2026-10-13T04:30Z", "2026-10-13T06:01Z")).ShouldBeFalse();
        bounds.HoldFor(Slot("2026-10-13T05:00Z", "2026-10-14T05:30Z")).ShouldBeFalse("it is over on another day");
        bounds.HoldFor(Slot("2026-11-10T05:30Z", "2026-11-10T07:00Z")).ShouldBeTrue("in winter an hour later");
        bounds.HoldFor(null).ShouldBeFalse();
        bounds.InWords().ShouldBe("Not before 06:30 and over by 08:00 (Europe/Berlin)");
    }

    [Theory]
    [InlineData("2026-10-13T20:00Z", "2026-10-14T02:00Z", true)]
    [InlineData("2026-10-14T00:00Z", "2026-10-14T01:00Z", true)] // after midnight of the same night
    [InlineData("2026-10-13T19:59Z", "2026-10-14T02:00Z", false)]
    [InlineData("2026-10-13T20:00Z", "2026-10-14T02:01Z", false)]
    [InlineData("2026-10-14T03:00Z", "2026-10-14T04:00Z", false)]
    public void An_end_before_the_start_is_on_the_next_day(string start, string end, bool holds)
    {
        var night = new TimeBounds(new TimeOnly(22, 0), new TimeOnly(4, 0), "Europe/Berlin");
        night.HoldFor(Slot(start, end)).ShouldBe(holds);
        night.InWords().ShouldBe("Not before 22:00 and over by 04:00 the next day (Europe/Berlin)");
    }

    private static Slot At(DateTimeOffset start) => new(start, start.AddHours(1));

    private static Slot Slot(string start, string end) =>
        new(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture));
}
