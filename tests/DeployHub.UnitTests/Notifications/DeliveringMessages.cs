using DeployHub.Domain.Notifications;

namespace DeployHub.UnitTests.Notifications;

public sealed class DeliveringMessages
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly Webhook _webhook = Webhook.Create("on-call", "On call", "https://chat.example.com", "hook", ["run.halted", "run.started"], null, null);
    private readonly Delivery _delivery;

    public DeliveringMessages() => _delivery = Delivery.OfTest(_webhook, "{}", Now);

    [Fact]
    public void An_answer_of_200_to_299_settles_it()
    {
        Try(Now, 204, "204");

        (_delivery.Status, _delivery.DueAt, _delivery.Tries, _delivery.Answer).ShouldBe((DeliveryStatus.Delivered, null, 1, "204"));
    }

    [Fact]
    public void Failed_tries_follow_each_other_later_and_later_for_three_days_then_its_webhook_is_disabled()
    {
        var at = Now;
        for (var attempt = 1; attempt <= 9; attempt++, at = _delivery.DueAt!.Value)
        {
            Try(at, attempt % 2 == 0 ? 503 : null, "busy");
            _delivery.DueAt.ShouldNotBeNull().ShouldBeGreaterThan(at);
        }

        (at - Now).ShouldBe(new TimeSpan(3, 3, 35, 5));
        _webhook.DisabledAt.ShouldBeNull();
        Try(at, 302, "302");
        (_delivery.Status, _delivery.DueAt).ShouldBe((DeliveryStatus.GivenUp, null));
        (_webhook.DisabledAt, _webhook.DisabledBecause).ShouldBe((at, "A message could not be delivered in 10 tries."));
    }

    [Fact]
    public void A_receiver_that_is_gone_disables_its_webhook_at_once()
    {
        Try(Now, 410, "410");

        _delivery.Status.ShouldBe(DeliveryStatus.GivenUp);
        _webhook.DisabledBecause.ShouldBe("Its receiver answered 410: it is gone.");
    }

    [Theory]
    [InlineData(2, 5), InlineData(90, 90), InlineData(200_000, 86_400)]
    public void A_receiver_that_asks_to_be_left_alone_is_for_a_day_at_most(int asked, int seconds)
    {
        _delivery.Take(TimeSpan.FromMinutes(1), Now);
        _delivery.Settle(_webhook, 429, "429", Now, TimeSpan.FromSeconds(asked));

        _delivery.DueAt.ShouldBe(Now.AddSeconds(seconds));
    }

    [Fact]
    public void What_a_worker_could_not_send_uses_up_no_try_and_disables_nothing()
    {
        var at = Now;
        for (; at < Now.AddDays(3); at = _delivery.DueAt!.Value) Leave(at);
        (_delivery.Status, _delivery.Tries).ShouldBe((DeliveryStatus.Waiting, 0));
        Leave(at);

        (_delivery.Status, _webhook.DisabledAt, _delivery.Answer).ShouldBe((DeliveryStatus.GivenUp, null, "no secret"));

        void Leave(DateTimeOffset when)
        {
            _delivery.Take(TimeSpan.FromMinutes(1), when);
            _delivery.LeaveUnsent("no secret", when);
        }
    }

    [Fact]
    public void A_lost_worker_leaves_it_due_at_the_end_of_its_lease()
    {
        _delivery.Take(TimeSpan.FromMinutes(1), Now);

        (_delivery.Status, _delivery.DueAt).ShouldBe((DeliveryStatus.Waiting, Now.AddMinutes(1)));
    }

    [Fact]
    public void A_replay_begins_anew_under_the_same_id()
    {
        var id = _delivery.MessageId;
        Try(Now, 410, "410");
        _delivery.Replay(Now.AddDays(1));

        (_delivery.MessageId, _delivery.Status, _delivery.DueAt, _delivery.Tries).ShouldBe((id, DeliveryStatus.Waiting, Now.AddDays(1), 0));
    }

    [Fact]
    public void A_disabled_webhook_says_who_was_first()
    {
        _webhook.Disable("Adam disabled it.", Now);
        _webhook.Disable("Its receiver answered 410: it is gone.", Now.AddHours(1));
        (_webhook.DisabledAt, _webhook.DisabledBecause).ShouldBe((Now, "Adam disabled it."));

        _webhook.Enable();
        _webhook.DisabledAt.ShouldBeNull();
    }

    [Fact]
    public void Events_are_kept_in_the_order_of_the_catalogue() => _webhook.Events.ShouldBe(["run.started", "run.halted"]);

    private void Try(DateTimeOffset at, int? status, string answer)
    {
        _delivery.Take(TimeSpan.FromMinutes(1), at);
        _delivery.Settle(_webhook, status, answer, at);
    }
}
