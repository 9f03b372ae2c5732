using System.Globalization;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.UnitTests.Pages;

public sealed class SayingTimes
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-23T13:59:30Z", "just now")]
    [InlineData("2026-11-23T14:00:30Z", "in a moment")]
    [InlineData("2026-11-23T13:59:00Z", "1 min ago")]
    [InlineData("2026-11-23T14:59:00Z", "in 59 min")]
    [InlineData("2026-11-23T15:00:00Z", "in 1 h")]
    [InlineData("2026-11-22T15:00:00Z", "23 h ago")]
    [InlineData("2026-11-22T14:00:00Z", "1 d ago")]
    [InlineData("2026-11-09T15:00:00Z", "14 d ago")]
    [InlineData("2026-11-09T14:00:00Z", "9 Nov")]
    [InlineData("2027-02-01T00:00:00Z", "1 Feb 2027")]
    public void A_moment_is_near_or_a_date(string at, string words) =>
        RelativeTime.Words(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), Now).ShouldBe(words);

    [Theory]
    [InlineData(0.25, "250 ms")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(7800, "2 h 10 min")]
    [InlineData(86400 * 4 + 3 * 3600, "4 d 3 h")]
    [InlineData(-5, "0 ms")]
    public void A_span_has_two_units_at_most(double seconds, string words) => RelativeTime.Words(TimeSpan.FromSeconds(seconds)).ShouldBe(words);

    [Theory]
    [InlineData("2026-12-05T08:00:00Z", "2026-12-05T09:30:00Z", "Sat 2026-12-05 08:00 to 09:30 UTC")]
    [InlineData("2026-12-05T23:00:00+01:00", "2026-12-06T02:00:00+01:00", "Sat 2026-12-05 22:00 to Sun 2026-12-06 01:00 UTC")]
    public void A_slot_has_its_date_and_times(string start, string end, string words) =>
        RelativeTime.Dated(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), DateTimeOffset.Parse(end, CultureInfo.InvariantCulture)).ShouldBe(words);

    [Theory]
    [InlineData("Mara Ott", "MO")]
    [InlineData("Jan de Vries", "JV")]
    [InlineData("ci", "C")]
    [InlineData("mara.ott@example.com", "MC")]
    public void A_person_has_the_initials_of_the_first_and_last_name(string name, string initials) => PersonTagHelper.Initials(name).ShouldBe(initials);
}
