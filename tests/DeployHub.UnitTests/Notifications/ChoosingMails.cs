using System.Globalization;
using DeployHub.Domain.Notifications;

namespace DeployHub.UnitTests.Notifications;

public sealed class ChoosingMails
{
    public static TheoryData<NoticeClass, MailTiming> Matrix =>
        [.. from noticeClass in Enum.GetValues<NoticeClass>() from timing in Enum.GetValues<MailTiming>() select (noticeClass, timing)];

    private readonly NotificationChoices _choices = NotificationChoices.Of(Guid.CreateVersion7());

    [Fact]
    public void What_is_urgent_or_asked_comes_at_once_and_the_rest_once_a_day_unless_somebody_chose() =>
        Enum.GetValues<NoticeClass>().Select(_choices.TimingOf).ShouldBe([MailTiming.AtOnce, MailTiming.AtOnce, MailTiming.OnceADay, MailTiming.OnceADay]);

    [Theory, MemberData(nameof(Matrix))]
    public void Each_class_has_its_own_choice(NoticeClass noticeClass, MailTiming timing)
    {
        MailTiming For(NoticeClass known) => known == noticeClass ? timing : MailTiming.Never;
        _choices.Choose(For(NoticeClass.Urgent), For(NoticeClass.Actionable), For(NoticeClass.Info), For(NoticeClass.Digest), null, "Europe/Berlin").Error.ShouldBeNull();

        foreach (var known in Enum.GetValues<NoticeClass>()) _choices.TimingOf(known).ShouldBe(For(known));
    }

    [Theory]
    [InlineData("Europe/Nowhere", "notifications.no-such-zone")]
    [InlineData("W. Europe Standard Time", "notifications.no-such-zone")]
    [InlineData("", "notifications.no-such-zone")]
    [InlineData("../../etc/passwd", "notifications.no-such-zone")]
    public void A_zone_that_is_none_is_refused_and_nothing_changes(string zone, string code)
    {
        _choices.Choose(MailTiming.Never, MailTiming.Never, MailTiming.Never, MailTiming.Never, null, zone).Error!.Code.ShouldBe(code);
        (_choices.Urgent, _choices.Zone).ShouldBe((MailTiming.AtOnce, "Etc/UTC"));
    }

    [Fact]
    public void Quiet_hours_have_an_end() =>
        _choices.Choose(MailTiming.AtOnce, MailTiming.AtOnce, MailTiming.AtOnce, MailTiming.AtOnce, new QuietHours(new TimeOnly(7, 0), new TimeOnly(7, 0)), "Etc/UTC")
            .Error.ShouldBe(NotificationErrors.QuietHoursWithoutEnd);

    /// <summary>Quiet from 22:00 to 07:00, in three zones, over the nights in which their clocks change.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2027-03-27T20:59:00Z", null)] // 21:59
    [InlineData("Europe/Berlin", "2027-03-27T21:00:00Z", "2027-03-28T05:00:00Z")] // 22:00; the night is an hour shorter
    [InlineData("Europe/Berlin", "2027-03-28T04:59:59Z", "2027-03-28T05:00:00Z")]
    [InlineData("Europe/Berlin", "2027-03-28T05:00:00Z", null)] // 07:00
    [InlineData("Europe/Berlin", "2026-10-24T20:30:00Z", "2026-10-25T06:00:00Z")] // the night is an hour longer
    [InlineData("Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T06:00:00Z")] // the second 02:30
    [InlineData("America/New_York", "2027-03-14T03:00:00Z", "2027-03-14T11:00:00Z")]
    [InlineData("America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T12:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2027-04-03T12:00:00Z", "2027-04-03T20:30:00Z")] // its clock goes back by half an hour
    public void Mails_wait_for_the_end_of_quiet_hours_by_the_clock_on_the_wall(string zone, string at, string? end)
    {
        Choose(zone, new QuietHours(new TimeOnly(22, 0), new TimeOnly(7, 0)));

        _choices.MailAt(At(at), passes: false).ShouldBe(At(end ?? at));
        _choices.MailAt(At(at), passes: true).ShouldBe(At(at));
    }

    [Fact]
    public void Quiet_hours_within_a_day_end_on_that_day()
    {
        Choose("Europe/Berlin", new QuietHours(new TimeOnly(12, 0), new TimeOnly(13, 30)));

        _choices.MailAt(At("2026-12-01T11:15:00Z"), passes: false).ShouldBe(At("2026-12-01T12:30:00Z"));
        _choices.MailAt(At("2026-12-01T12:30:00Z"), passes: false).ShouldBe(At("2026-12-01T12:30:00Z"));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2027-03-27T07:00:00Z", "2027-03-28T06:00:00Z")] // at 08:00 it was just made; the next is an hour sooner
    [InlineData("Europe/Berlin", "2027-03-28T05:59:59Z", "2027-03-28T06:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24T06:00:00Z", "2026-10-25T07:00:00Z")]
    [InlineData("America/New_York", "2026-11-01T03:00:00Z", "2026-11-01T13:00:00Z")]
    [InlineData("Pacific/Kiritimati", "2026-12-01T00:00:00Z", "2026-12-01T18:00:00Z")]
    public void The_mail_of_the_day_is_made_at_eight_by_their_clock(string zone, string at, string next)
    {
        Choose(zone, null);

        _choices.NextDigest(At(at)).ShouldBe(At(next));
    }

    [Fact]
    public void A_time_that_a_day_leaves_out_moves_with_the_clock_and_of_two_the_first_counts()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        LocalTimes.Next(At("2027-03-28T00:00:00Z"), new TimeOnly(2, 30), berlin).ShouldBe(At("2027-03-28T01:30:00Z")); // which is 03:30
        LocalTimes.Next(At("2026-10-24T23:00:00Z"), new TimeOnly(2, 30), berlin).ShouldBe(At("2026-10-25T00:30:00Z"));
        LocalTimes.Next(At("2026-10-25T00:30:00Z"), new TimeOnly(2, 30), berlin).ShouldBe(At("2026-10-26T01:30:00Z"));
    }

    [Fact]
    public void A_mailbox_that_takes_nothing_gets_nothing_until_its_owner_chooses_anew()
    {
        _choices.RefuseMail("550 no such user", At("2026-12-01T00:00:00Z"));
        Enum.GetValues<NoticeClass>().Select(_choices.TimingOf).ShouldAllBe(timing => timing == MailTiming.Never);

        Choose("Etc/UTC", null);
        (_choices.RefusedAt, _choices.RefusedBecause, _choices.TimingOf(NoticeClass.Urgent)).ShouldBe((null, null, MailTiming.AtOnce));
    }

    private void Choose(string zone, QuietHours? quiet) =>
        _choices.Choose(MailTiming.AtOnce, MailTiming.AtOnce, MailTiming.OnceADay, MailTiming.OnceADay, quiet, zone).Error.ShouldBeNull();

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
