using DeployHub.Domain.Notifications;

namespace DeployHub.UnitTests.Notifications;

/// <summary>What came of a try counts while nobody has taken or asked for the message since.</summary>
public sealed class FencingTries
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly Delivery _mail = Delivery.ByMail(Guid.CreateVersion7(), "run.halted", "DEP-2026-000001/R1", "{}", Now, Now);

    [Fact]
    public void A_try_from_before_a_replay_settles_nothing_though_it_has_the_same_number()
    {
        var old = _mail.Take(Lease, Now);
        _mail.Replay(Now.AddSeconds(1));
        _mail.IsHeldBy(old).ShouldBeFalse();

        var anew = _mail.Take(Lease, Now.AddSeconds(2));
        _mail.Tries.ShouldBe(1, "as many as at the old one");
        (_mail.IsHeldBy(old), _mail.IsHeldBy(anew)).ShouldBe((false, true));
    }

    [Fact]
    public void A_try_whose_lease_ran_out_settles_nothing_once_another_used_none_up()
    {
        var lost = _mail.Take(Lease, Now);
        var next = _mail.Take(Lease, Now.AddMinutes(2));
        _mail.LeaveUnsent("No secret", Now.AddMinutes(2));

        _mail.Tries.ShouldBe(1, "as many as at the lost one");
        (_mail.IsHeldBy(lost), _mail.IsHeldBy(next)).ShouldBe((false, true));
    }

    [Fact]
    public void What_is_settled_is_held_by_nobody()
    {
        var fence = _mail.Take(Lease, Now);
        _mail.Settle(MailAnswer.Taken, "250 OK", Now);

        _mail.IsHeldBy(fence).ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_written_is_tried_six_times_in_all_and_set_aside_with_the_reason_until_somebody_replays_it()
    {
        var (at, tries) = (Now, 0);
        for (; _mail.DueAt is { } due; tries++)
        {
            at = due;
            _mail.Take(Lease, at);
            _mail.LeaveUnwritten("It could not be written: no such request", at);
        }

        (tries, _mail.Tries, _mail.Status, _mail.Answer).ShouldBe((6, 6, DeliveryStatus.GivenUp, "It could not be written: no such request"));
        at.ShouldBeLessThan(Now.AddHours(8));
        _mail.Replay(at);
        (_mail.Status, _mail.DueAt, _mail.Tries).ShouldBe((DeliveryStatus.Waiting, at, 0));
    }
}
