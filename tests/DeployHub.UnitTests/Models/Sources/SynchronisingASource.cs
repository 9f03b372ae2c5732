using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Sources;

namespace DeployHub.UnitTests.Models.Sources;

/// <summary>Which worker looks when, and what becomes of looks that come too late.</summary>
public sealed class SynchronisingASource
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30), Every = TimeSpan.FromMinutes(15);
    private static readonly Actor Dora = new("dora", "Dora");
    private static readonly Dictionary<string, string> Heads = new() { ["main"] = "c1" };

    private readonly SourceSync _sync = SourceSync.Of(ModelSourceId.New(), At);

    [Fact]
    public void It_is_looked_at_at_once_and_then_on_its_schedule()
    {
        _sync.DueAt.ShouldBe(At);
        var fence = _sync.Take("first", Lease, At);
        _sync.Settle(fence, Heads, "c1", "models/small.yaml: small v1 drafted.", null, Every, At.AddSeconds(2)).ShouldBeTrue();

        (_sync.Worker, _sync.DueAt, _sync.LookedAt, _sync.Heads["main"]).ShouldBe((null, At.AddSeconds(2) + Every, At.AddSeconds(2), "c1"));
        _sync.Entries.ShouldHaveSingleItem().ShouldBe(new SyncEntry(At.AddSeconds(2), SyncOutcome.Done, "models/small.yaml: small v1 drafted.", "c1", "first"));
    }

    [Fact]
    public void Without_a_schedule_it_waits_until_somebody_asks()
    {
        Settle(every: null);
        _sync.DueAt.ShouldBeNull();

        _sync.Ask(At.AddHours(1));
        _sync.DueAt.ShouldBe(At.AddHours(1));
    }

    [Fact]
    public void A_look_that_finds_nothing_new_leaves_no_trace()
    {
        Settle();
        _sync.Entries.ShouldBeEmpty();

        var fence = _sync.Take("first", Lease, At);
        _sync.Fail(fence, "No route.", Every, At).ShouldBeTrue();
        fence = _sync.Take("first", Lease, At);
        _sync.Fail(fence, "No route.", Every, At).ShouldBeTrue();
        _sync.Entries.Count.ShouldBe(1, "the same trouble is told once");
        Settle();
        (_sync.Trouble, _sync.Entries[0].Sentence).ShouldBe((null, "It works again; nothing is new."));
    }

    [Fact]
    public void A_lost_worker_s_look_is_done_by_another_and_counts_for_nothing_afterwards()
    {
        var lost = _sync.Take("lost", Lease, At);
        _sync.DueAt.ShouldBe(At + Lease);
        _sync.Renew(lost, Lease, At.AddSeconds(10)).ShouldBeTrue();
        _sync.DueAt.ShouldBe(At.AddSeconds(40));

        var second = _sync.Take("second", Lease, At.AddSeconds(40));
        _sync.Renew(lost, Lease, At.AddSeconds(41)).ShouldBeFalse();
        _sync.Settle(lost, Heads, "c1", "Too late.", null, Every, At.AddSeconds(41)).ShouldBeFalse();
        _sync.Fail(lost, "Too late.", Every, At.AddSeconds(41)).ShouldBeFalse();
        _sync.Hold(lost, new RewrittenHistory("main", "c0", "c1", At), At.AddSeconds(41)).ShouldBeFalse();
        _sync.GiveBack(lost, At);
        (_sync.Worker, _sync.Entries.Count, _sync.Rewritten).ShouldBe(("second", 0, null));

        _sync.Settle(second, Heads, "c1", null, null, Every, At.AddSeconds(42)).ShouldBeTrue();
        _sync.Settle(second, Heads, "c1", null, null, Every, At.AddSeconds(43)).ShouldBeFalse("it has told already");
    }

    [Fact]
    public void Who_asks_while_a_worker_looks_gets_another_look_right_after()
    {
        var fence = _sync.Take("first", Lease, At);
        _sync.Ask(At.AddSeconds(1));
        (_sync.DueAt, _sync.AskedAgain).ShouldBe((At + Lease, true), "nobody else takes it meanwhile");

        _sync.Settle(fence, Heads, "c1", null, null, Every, At.AddSeconds(2));
        (_sync.DueAt, _sync.AskedAgain).ShouldBe((At.AddSeconds(2), false));
    }

    [Fact]
    public void Rewritten_history_waits_for_a_person_whoever_else_asks()
    {
        Hold();
        _sync.Ask(At);
        _sync.Hear(isProven: true, At);
        (_sync.DueAt, _sync.Entries[0].Outcome).ShouldBe((null, SyncOutcome.Held));
        _sync.Entries[0].Sentence.ShouldContain("c1 is no ancestor of c2");

        _sync.GoOn("c3", Dora, At).Error!.Code.ShouldBe("model-source.not-held", "somebody looked at another commit");
        _sync.GoOn("c2", Dora, At).Error.ShouldBeNull();
        (_sync.Rewritten, _sync.GoesOnFrom, _sync.DueAt, _sync.Entries[0].By).ShouldBe((null, "c2", At, "Dora"));
        _sync.GoOn("c2", Dora, At).Error!.Code.ShouldBe("model-source.not-held");

        Settle();
        _sync.GoesOnFrom.ShouldBeNull();
    }

    [Fact]
    public void Other_settings_are_looked_at_whatever_was_held()
    {
        Hold();
        _sync.LookAnew(At.AddHours(1));
        (_sync.Rewritten, _sync.DueAt).ShouldBe((null, At.AddHours(1)));

        var byOld = _sync.Take("first", Lease, At.AddHours(1));
        _sync.LookAnew(At.AddHours(2));
        _sync.Settle(byOld, Heads, "c1", "By the old settings.", null, Every, At.AddHours(2)).ShouldBeFalse();
        _sync.DueAt.ShouldBe(At.AddHours(2));
    }

    [Fact]
    public void A_push_that_proves_itself_asks_for_a_look_and_others_are_counted()
    {
        Settle();
        _sync.Hear(isProven: false, At);
        _sync.Hear(isProven: false, At.AddMinutes(1));
        (_sync.RefusedPushes, _sync.PushRefusedAt, _sync.PushedAt, _sync.DueAt).ShouldBe((2, At.AddMinutes(1), null, At + Every));

        _sync.CannotHear("No such secret.");
        _sync.Hear(isProven: true, At.AddMinutes(2));
        (_sync.RefusedPushes, _sync.PushedAt, _sync.DueAt, _sync.PushTrouble).ShouldBe((0, At.AddMinutes(2), At.AddMinutes(2), null));
    }

    [Fact]
    public void What_came_of_looking_is_kept_for_a_while()
    {
        for (var i = 0; i < SourceSync.KeptEntries + 5; i++) _sync.Settle(_sync.Take("first", Lease, At), Heads, "c1", $"News {i}.", null, Every, At);

        (_sync.Entries.Count, _sync.Entries[0].Sentence).ShouldBe((SourceSync.KeptEntries, $"News {SourceSync.KeptEntries + 4}."));
    }

    private void Settle(TimeSpan? every) => _sync.Settle(_sync.Take("first", Lease, At), Heads, "c1", null, null, every, At).ShouldBeTrue();

    private void Settle() => Settle(Every);

    private void Hold() => _sync.Hold(_sync.Take("first", Lease, At), new RewrittenHistory("main", "c1", "c2", At), At).ShouldBeTrue();
}
