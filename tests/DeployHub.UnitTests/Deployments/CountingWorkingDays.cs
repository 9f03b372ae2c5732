using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Features.Deployments.BusyTimes;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What a working day is, across weekends and public holidays, and whatever is due by it.</summary>
public sealed class CountingWorkingDays
{
    /// <summary>The Wednesday before Christmas.</summary>
    private static readonly DateTimeOffset Wednesday = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero);

    private static readonly WorkingDays Swedish = new(Days("SE").ToDictionary(holiday => holiday.Day, holiday => holiday.Name));

    [Theory]
    [InlineData(0, "2026-12-23")]
    [InlineData(1, "2026-12-28")]
    [InlineData(4, "2027-01-04")]
    [InlineData(6, "2027-01-07")]
    public void Holidays_and_weekends_do_not_count(int days, string expected) =>
        Swedish.After(Wednesday, days).ShouldBe(DateOnly.Parse(expected, CultureInfo.InvariantCulture));

    [Fact]
    public void A_day_says_what_is_celebrated()
    {
        Swedish.HolidayOn(new DateOnly(2027, 1, 6)).ShouldBe("Epiphany");
        Swedish.Include(new DateOnly(2027, 1, 6)).ShouldBeFalse();
        WorkingDays.WithoutHolidays.Include(new DateOnly(2027, 1, 6)).ShouldBeTrue();
        WorkingDays.WithoutHolidays.HolidayOn(new DateOnly(2027, 1, 6)).ShouldBeNull();
    }

    [Fact]
    public void The_time_of_day_stays_on_the_clock_of_the_zone()
    {
        var stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");
        Swedish.After(Wednesday, 1, stockholm).ShouldBe(Wednesday.AddDays(5));
        Swedish.Between(Wednesday, Wednesday.AddDays(5), stockholm).ShouldBe(1);
        Swedish.Between(Wednesday, Wednesday.AddDays(5).AddMinutes(-1), stockholm).ShouldBe(0);
    }

    [Fact]
    public void A_calendar_of_nothing_but_holidays_ends_the_search()
    {
        var idle = new WorkingDays(Enumerable.Range(0, 5000).ToDictionary(days => new DateOnly(2026, 1, 1).AddDays(days), _ => "Rest"));
        idle.After(new DateOnly(2026, 1, 1), 1).ShouldBe(new DateOnly(2026, 1, 1).AddDays(3660));
    }

    [Fact]
    public void A_late_approval_and_the_notice_of_a_partner_follow_it()
    {
        ApprovalClock.LateDueAt(Wednesday, WorkingDays.WithoutHolidays).ShouldBe(new DateTimeOffset(2026, 12, 26, 0, 0, 0, TimeSpan.Zero));
        ApprovalClock.LateDueAt(Wednesday, Swedish).ShouldBe(new DateTimeOffset(2026, 12, 30, 0, 0, 0, TimeSpan.Zero));

        var slot = new Slot(Wednesday.AddDays(7), Wednesday.AddDays(7).AddHours(1));
        Notice.IsShort(Wednesday, 5, slot, TimeZoneInfo.Utc, WorkingDays.WithoutHolidays).ShouldBeFalse();
        Notice.IsShort(Wednesday, 5, slot, TimeZoneInfo.Utc, Swedish).ShouldBeTrue("Christmas and its eve are no notice");
        Notice.Deadline(Wednesday.AddDays(-2), 5, new Slot(Wednesday.AddDays(5), Wednesday.AddDays(5).AddHours(1)), TimeZoneInfo.Utc, Swedish)
            .ShouldBe(Wednesday, "the working day before Monday the 28th is Wednesday the 23rd");
    }

    [Fact]
    public void A_slot_on_a_holiday_risks_as_much_as_one_on_a_weekend()
    {
        var slot = new Slot(new DateTimeOffset(2027, 1, 6, 10, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 6, 11, 0, 0, TimeSpan.Zero));
        Timing(new RiskFacts { IsLive = true, Slot = slot }).Points.ShouldBe(0);
        Timing(new RiskFacts { IsLive = true, Slot = slot, WorkingDays = Swedish }).ShouldSatisfyAllConditions(factor => factor.Points.ShouldBe(2), factor => factor.Reason.ShouldContain("Epiphany"));
    }

    [Fact]
    public void Every_country_that_is_offered_has_holidays_within_the_next_year()
    {
        PublicHolidays.All.ShouldAllBe(known => PublicHolidays.Of(known.Code, "Etc/UTC", Wednesday).Count > 4);
        PublicHolidays.All.Select(known => known.Code).ShouldBeUnique();
        PublicHolidays.Knows("DE-BY").ShouldBeTrue();
        PublicHolidays.Knows("DE-3").ShouldBeFalse();
        PublicHolidays.Knows("XX").ShouldBeFalse();
    }

    [Fact]
    public void Regions_differ_and_a_day_that_is_made_up_for_counts_on_both()
    {
        var corpusChristi = new DateOnly(2027, 5, 27);
        Days("DE-BY").ShouldContain(holiday => holiday.Day == corpusChristi);
        Days("DE-BE").ShouldNotContain(holiday => holiday.Day == corpusChristi);
        Days("GB").ShouldContain(holiday => holiday.Day == new DateOnly(2026, 12, 28));
    }

    [Fact]
    public void A_calendar_of_holidays_is_brought_up_to_date_and_takes_no_file()
    {
        var calendar = BusyCalendar.Add("sweden", new BusySettings("Sweden", AreHolidays: true, Country: "SE"), new Actor("mia", "Mia"), Wednesday);
        calendar.DueAt.ShouldBe(Wednesday);
        calendar.Upload([], 0, Wednesday).Error.ShouldBe(BusyErrors.Fetched);
        calendar.Fetch(Wednesday.AddHours(1)).Error.ShouldBeNull();

        calendar.WorkOutHolidays(Wednesday);
        (calendar.Periods.Count > 10, calendar.DueAt).ShouldBe((true, Wednesday + BusyCalendar.Every));
        calendar.Describe(calendar.Settings with { Country = null }, Wednesday);
        (calendar.DueAt, calendar.Settings.IsUploaded(), calendar.Settings.HoldsHolidays()).ShouldBe((null, true, true));
    }

    [Fact]
    public void What_lasts_longer_than_a_fortnight_is_no_holiday()
    {
        var calendar = BusyCalendar.Add("company", new BusySettings("Company", Zone: "Europe/Berlin", AreHolidays: true), new Actor("mia", "Mia"), Wednesday);
        var midnight = new DateTimeOffset(2026, 12, 23, 23, 0, 0, TimeSpan.Zero);
        calendar.Upload([new(midnight, midnight.AddDays(2), "Bridge days"), new(midnight, midnight.AddDays(60), "Sabbatical")], 0, Wednesday).Error.ShouldBeNull();

        calendar.Holidays().Select(holiday => holiday.Day).ShouldBe([new DateOnly(2026, 12, 24), new DateOnly(2026, 12, 25)]);
    }

    private static RiskFactor Timing(RiskFacts facts) => RiskFactors.Of(facts, Wednesday).Single(factor => factor.Kind is RiskFactorKind.Timing);

    private static IEnumerable<(DateOnly Day, string Name)> Days(string code)
    {
        var calendar = BusyCalendar.Add("holidays", new BusySettings("Holidays", Zone: "Europe/Stockholm", Country: code), new Actor("mia", "Mia"), Wednesday);
        calendar.Settle(calendar.Take(TimeSpan.FromMinutes(2), Wednesday), PublicHolidays.Of(code, "Europe/Stockholm", Wednesday), 0, Wednesday);
        return calendar.Holidays().ToList();
    }
}
