using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;
using DeployHub.Worker.Notifications;
using MailKit.Net.Smtp;

namespace DeployHub.UnitTests.Notifications;

public sealed class DeliveringMails
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly NotificationChoices _choices = NotificationChoices.Of(Guid.CreateVersion7());
    private readonly Delivery _mail;

    public DeliveringMails() => _mail = Delivery.ByMail(_choices.Person, "run.halted", "DEP-2026-000001/R1", "{}", Now, Now);

    [Fact]
    public void A_mail_server_that_is_away_for_a_day_loses_nothing_and_is_not_waited_for_long_once_it_is_back()
    {
        var at = Now;
        while (at < Now.AddDays(1))
        {
            Try(at, MailAnswer.NotNow);
            _mail.DueAt.ShouldNotBeNull().ShouldBeInRange(at.AddSeconds(5), at.AddMinutes(15));
            at = _mail.DueAt!.Value;
        }

        Try(at, MailAnswer.Taken);
        (_mail.Status, _mail.DueAt, _choices.RefusedAt).ShouldBe((DeliveryStatus.Delivered, null, null));
    }

    [Fact]
    public void After_three_days_it_is_old_news()
    {
        Try(Now.AddDays(3), MailAnswer.NotNow);

        (_mail.Status, _mail.DueAt, _choices.RefusedAt).ShouldBe((DeliveryStatus.GivenUp, null, null));
    }

    [Fact]
    public void Asked_for_anew_by_a_person_it_has_three_days_of_its_own()
    {
        Try(Now.AddDays(3), MailAnswer.NotNow);
        var again = Now.AddDays(10);
        _mail.Replay(again);

        Try(again, MailAnswer.NotNow);
        _mail.DueAt.ShouldBe(again.AddSeconds(5));
        _mail.Take(TimeSpan.FromMinutes(1), again.AddDays(1));
        _mail.LeaveUnsent("No address", again.AddDays(1));
        _mail.Status.ShouldBe(DeliveryStatus.Waiting, "a missing secret may be mended as long");
        Try(again.AddDays(3), MailAnswer.NotNow);
        (_mail.Status, _mail.DueAt, _mail.At).ShouldBe((DeliveryStatus.GivenUp, null, Now), "it tells of the same moment as before");
    }

    [Fact]
    public void A_mailbox_that_takes_nothing_stops_mails_for_that_person()
    {
        Try(Now, MailAnswer.MailboxRefused);

        (_mail.Status, _mail.DueAt).ShouldBe((DeliveryStatus.GivenUp, null));
        (_choices.RefusedAt, _choices.RefusedBecause).ShouldBe((Now, "words"));
    }

    [Fact]
    public void A_mail_that_the_server_takes_for_nobody_stops_no_other()
    {
        Try(Now, MailAnswer.Refused);

        (_mail.Status, _choices.RefusedAt).ShouldBe((DeliveryStatus.GivenUp, null));
    }

    [Fact]
    public void A_channel_of_a_chat_that_is_not_found_for_hours_is_told_nothing_more()
    {
        var slack = Webhook.Create("team", "Team", "", "slack-address", ["run.halted"], null, null, WebhookKind.Slack);
        var message = Delivery.OfTest(slack, "{}", Now);
        var at = Now;
        for (var attempt = 1; attempt <= 4; attempt++, at = message.DueAt!.Value) NotFound(at);
        (message.Status, slack.DisabledAt, at).ShouldBe((DeliveryStatus.Waiting, null, Now.Add(new TimeSpan(2, 35, 5))));
        NotFound(at);

        (message.Status, slack.DisabledBecause).ShouldBe((DeliveryStatus.GivenUp, "Its receiver answered 404: it is gone."));

        void NotFound(DateTimeOffset when)
        {
            message.Take(TimeSpan.FromMinutes(1), when);
            message.Settle(slack, 404, "404 no_service", when);
        }
    }

    [Theory]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 550, "5.1.1 no such user", MailAnswer.MailboxRefused)]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 550, "5.2.1 mailbox disabled", MailAnswer.MailboxRefused)]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 554, "5.7.1 relay access denied", MailAnswer.NotNow)]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 550, "blocked", MailAnswer.NotNow)]
    [InlineData(SmtpErrorCode.RecipientNotAccepted, 450, "4.2.1 try later", MailAnswer.NotNow)]
    [InlineData(SmtpErrorCode.MessageNotAccepted, 554, "5.6.0 spam", MailAnswer.Refused)]
    [InlineData(SmtpErrorCode.SenderNotAccepted, 550, "5.1.1 not you", MailAnswer.NotNow)]
    public void Only_what_a_server_says_of_the_mailbox_counts_against_it(SmtpErrorCode where, int status, string words, MailAnswer answer) =>
        Mails.CameOf(new SmtpCommandException(where, (SmtpStatusCode)status, words)).ShouldBe(answer);

    [Theory]
    [InlineData("run.halted", MailTiming.AtOnce, MailTiming.Never, true)]
    [InlineData("run.halted", MailTiming.Never, MailTiming.AtOnce, false)]
    [InlineData("drift.detected", MailTiming.Never, MailTiming.OnceADay, true)]
    [InlineData("drift.detected", MailTiming.Never, MailTiming.Never, false)]
    [InlineData("digest.daily", MailTiming.Never, MailTiming.Never, false)]
    [InlineData("mail.test", MailTiming.Never, MailTiming.Never, true)]
    public void What_somebody_chose_since_counts_when_it_is_sent(string type, MailTiming urgent, MailTiming digest, bool isWanted)
    {
        _choices.Choose(urgent, MailTiming.Never, MailTiming.Never, digest, null, "Etc/UTC").Error.ShouldBeNull();

        _choices.Wants(type).ShouldBe(isWanted);
    }

    [Fact]
    public void A_mailbox_that_took_nothing_gets_nothing_that_was_on_its_way_but_what_is_asked_for()
    {
        _choices.RefuseMail("550 5.1.1", Now);

        (_choices.Wants("run.halted"), _choices.Wants("digest.daily"), _choices.Wants("mail.test")).ShouldBe((false, false, true));
    }

    [Theory]
    [InlineData("smtp.example.com", MailTls.None, "hub", false)]
    [InlineData("smtp.example.com", MailTls.None, null, true)]
    [InlineData("smtp.example.com", MailTls.StartTls, "hub", true)]
    [InlineData("127.0.0.1", MailTls.None, "hub", true)]
    [InlineData("::1", MailTls.None, "hub", true)]
    [InlineData("localhost", MailTls.None, "hub", true)]
    [InlineData("localhost.example.com", MailTls.None, "hub", false)]
    public void A_password_leaves_the_machine_encrypted_only(string host, MailTls tls, string? user, bool isKept) => MailSettings.KeepsPassword(host, tls, user).ShouldBe(isKept);

    [Theory]
    [InlineData("https://x.example.com", "https://x.example.com/notices")]
    [InlineData("https://x.example.com/", "https://x.example.com/notices")]
    [InlineData("https://x.example.com/deployhub", "https://x.example.com/deployhub/notices")]
    [InlineData("https://x.example.com/deployhub/", "https://x.example.com/deployhub/notices")]
    public void A_link_keeps_the_folder_of_the_address(string address, string link) => new Uri(address).To("/notices").ShouldBe(link);

    private void Try(DateTimeOffset at, MailAnswer came)
    {
        _mail.Take(TimeSpan.FromMinutes(1), at);
        _mail.Settle(_choices, came, "words", at);
    }
}
