using DeployHub.Domain.Notifications;

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
    public void A_channel_of_a_chat_that_is_no_more_is_told_nothing_more()
    {
        var slack = Webhook.Create("team", "Team", "", "slack-address", ["run.halted"], null, null, WebhookKind.Slack);
        var message = Delivery.OfTest(slack, "{}", Now);
        message.Take(TimeSpan.FromMinutes(1), Now);
        message.Settle(slack, 404, "404 no_service", Now);

        (message.Status, slack.DisabledBecause).ShouldBe((DeliveryStatus.GivenUp, "Its receiver answered 404: it is gone."));
    }

    private void Try(DateTimeOffset at, MailAnswer came)
    {
        _mail.Take(TimeSpan.FromMinutes(1), at);
        _mail.Settle(_choices, came, "words", at);
    }
}
