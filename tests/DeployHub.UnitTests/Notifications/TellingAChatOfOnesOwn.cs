using DeployHub.Domain.Notifications;

namespace DeployHub.UnitTests.Notifications;

public sealed class TellingAChatOfOnesOwn
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
    private readonly PersonalChat _chat = PersonalChat.Of(Guid.CreateVersion7(), WebhookKind.Slack, "sealed", Now);

    [Theory]
    [InlineData(WebhookKind.Slack, "https://hooks.slack.com/services/T0/B0/x", null)]
    [InlineData(WebhookKind.Slack, "https://HOOKS.slack.com/services/T0/B0/x", null)]
    [InlineData(WebhookKind.Teams, "https://prod-1.westeurope.logic.azure.com/workflows/x?sig=y", null)]
    [InlineData(WebhookKind.Teams, "https://acme.webhook.office.com/webhookb2/x", null)]
    [InlineData(WebhookKind.Slack, "http://chat.example.com:8065/hooks/x", null)]
    [InlineData(WebhookKind.Teams, "https://hooks.slack.com/services/T0/B0/x", "chat.elsewhere")]
    [InlineData(WebhookKind.Slack, "https://hooks.slack.com.example.com/x", "chat.elsewhere")]
    [InlineData(WebhookKind.Teams, "https://evillogic.azure.com/x", "chat.elsewhere")]
    [InlineData(WebhookKind.Slack, "https://169.254.169.254/latest", "chat.elsewhere")]
    [InlineData(WebhookKind.Slack, "http://hooks.slack.com/services/x", "chat.no-address")]
    [InlineData(WebhookKind.Slack, "https://hooks.slack.com:8443/services/x", "chat.no-address")]
    [InlineData(WebhookKind.Slack, "https://me:secret@hooks.slack.com/services/x", "chat.no-address")]
    [InlineData(WebhookKind.Slack, "ftp://chat.example.com/x", "chat.no-address")]
    [InlineData(WebhookKind.Slack, "hooks.slack.com/services/x", "chat.no-address")]
    public void An_address_leads_to_the_chat_and_nowhere_else(WebhookKind kind, string address, string? refusal) =>
        ChatAddress.Objection(kind, address, ["chat.example.com"])?.Code.ShouldBe(refusal);

    [Fact]
    public void Nothing_is_sent_until_the_test_has_arrived()
    {
        _chat.TimingOf(NoticeClass.Urgent).ShouldBe(MailTiming.Never);
        (_chat.Wants(EventTypes.ChatTest), _chat.Wants("run.halted")).ShouldBe((true, false));

        Settled(EventTypes.ChatTest, 200).Status.ShouldBe(DeliveryStatus.Delivered);

        (_chat.WorksSince, _chat.TimingOf(NoticeClass.Urgent), _chat.TimingOf(NoticeClass.Info)).ShouldBe((Now, MailTiming.AtOnce, MailTiming.Never));
        (_chat.Wants("run.halted"), _chat.Wants("run.started")).ShouldBe((true, false));
    }

    [Theory]
    [InlineData(404), InlineData(403), InlineData(302), InlineData(410)]
    public void A_test_that_is_refused_says_so_at_once(int status)
    {
        Settled(EventTypes.ChatTest, status).Status.ShouldBe(DeliveryStatus.GivenUp);

        (_chat.RefusedAt, _chat.RefusedBecause, _chat.WorksSince).ShouldBe((Now, "words", null));
    }

    [Theory]
    [InlineData(null), InlineData(500), InlineData(503), InlineData(429)]
    public void A_chat_that_is_away_is_asked_again(int? status)
    {
        var delivery = Settled(EventTypes.ChatTest, status);

        (delivery.Status, delivery.DueAt, _chat.RefusedAt).ShouldBe((DeliveryStatus.Waiting, Now.AddSeconds(5), null));
    }

    [Fact]
    public void A_chat_that_is_gone_gets_nothing_more_until_its_owner_tries_it_anew()
    {
        _chat.Work(Now);
        Settled("run.halted", 410).Status.ShouldBe(DeliveryStatus.GivenUp);
        _chat.Wants("run.halted").ShouldBeFalse();

        _chat.TryAnew();
        _chat.Wants("run.halted").ShouldBeTrue();
    }

    [Fact]
    public void Another_address_is_tested_first()
    {
        _chat.Work(Now);
        _chat.LeadTo(WebhookKind.Teams, "other", Now.AddDays(1));

        (_chat.WorksSince, _chat.IsInUse, _chat.Kind).ShouldBe((null, false, WebhookKind.Teams));
    }

    [Fact]
    public void After_three_days_it_is_old_news_and_the_chat_is_kept()
    {
        _chat.Work(Now.AddDays(-4));
        var delivery = Delivery.ByChat(_chat, "run.halted", "DEP-2026-000001/R1", "{}", Now.AddDays(-3), Now);
        delivery.Take(TimeSpan.FromMinutes(1), Now);
        delivery.Settle(_chat, 500, "words", Now);

        (delivery.Status, _chat.RefusedAt).ShouldBe((DeliveryStatus.GivenUp, null));
    }

    private Delivery Settled(string type, int? status)
    {
        var delivery = Delivery.ByChat(_chat, type, "subject", "{}", Now, Now);
        delivery.Take(TimeSpan.FromMinutes(1), Now);
        delivery.Settle(_chat, status, "words", Now);
        return delivery;
    }
}
