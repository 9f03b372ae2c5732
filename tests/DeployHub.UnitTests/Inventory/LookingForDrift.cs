using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using static DeployHub.Domain.Inventory.FactVerdict;

namespace DeployHub.UnitTests.Inventory;

public sealed class LookingForDrift
{
    private static readonly Actor Olga = new("olga", "Olga");
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);
    private static readonly WatchedFact Openssl = new(FactKind.Package, "openssl"), Sshd = new(FactKind.Service, "sshd", Expect: "active", Prerequisite: true), Shop = new(FactKind.Component, "shop-web", "current");

    private readonly TargetBaseline _baseline = TargetBaseline.Of(TargetId.New());
    private readonly List<DriftItem> _items = [];
    private readonly Dictionary<string, DesiredVersion> _desired = [];
    private DateTimeOffset _now = Start;

    [Fact]
    public void What_is_first_seen_is_the_baseline_and_a_later_difference_is_informational()
    {
        See(Openssl, "3.0.7").ShouldBe(FirstSeen);
        See(Openssl, "3.0.7").ShouldBe(AsDesired);
        See(Openssl, "3.0.8").ShouldBe(Drifted);

        var item = _items.ShouldHaveSingleItem();
        (item.Desired, item.Observed, item.Severity, item.SeenBy, item.DetectedAt).ShouldBe(("3.0.7", "3.0.8", DriftSeverity.Informational, "drift scan", _now));
        item.Sentence.ShouldBe("package openssl is 3.0.8 instead of 3.0.7");
    }

    [Fact]
    public void A_declared_value_counts_at_once_and_a_prerequisite_blocks()
    {
        See(Sshd, "inactive").ShouldBe(Drifted);

        _items.ShouldHaveSingleItem().IsBlocking(_now).ShouldBeTrue();
    }

    [Fact]
    public void One_difference_is_one_item_however_often_it_is_seen_and_closes_itself_when_it_is_gone()
    {
        See(Sshd, "inactive");
        See(Sshd, "inactive");
        var item = _items.ShouldHaveSingleItem();
        item.LastSeenAt.ShouldBe(_now);
        item.DetectedAt.ShouldBe(Start.AddMinutes(1));
        item.History.Count.ShouldBe(1);

        See(Sshd, "active").ShouldBe(AsDesired);
        item.Status.ShouldBe(DriftStatus.Corrected);
        item.History[^1].By.ShouldBe(Actor.System);

        See(Sshd, "failed").ShouldBe(Drifted);
        _items.Count.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_read_passes_nothing_closes_nothing_and_is_no_baseline()
    {
        See(Openssl, null).ShouldBe(Unclear);
        _baseline.Facts.ShouldBeEmpty();
        See(Sshd, "inactive");

        See(Sshd, null).ShouldBe(Unclear);

        _items.ShouldHaveSingleItem().IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void A_run_explains_what_changed_since_the_last_look_and_moves_the_baseline()
    {
        See(Openssl, "3.0.7");
        Deployed("2.0", "DEP-2026-000002/R1");

        See(Openssl, "3.0.8").ShouldBe(ExplainedByRun);

        _items.ShouldBeEmpty();
        See(Openssl, "3.0.8").ShouldBe(AsDesired);
        _baseline.Facts.ShouldHaveSingleItem().Source.ShouldBe("DEP-2026-000002/R1");
    }

    [Fact]
    public void A_run_does_not_explain_what_was_different_before_it_but_what_it_changed_then()
    {
        See(Openssl, "3.0.7");
        See(Openssl, "3.0.8");
        Deployed("2.0", "DEP-2026-000002/R1");

        See(Openssl, "3.0.8").ShouldBe(Drifted);
        Deployed("2.1", "DEP-2026-000003/R1");
        See(Openssl, "3.0.9").ShouldBe(ExplainedByRun);

        _items.ShouldHaveSingleItem().Status.ShouldBe(DriftStatus.ExplainedByRun);
    }

    [Fact]
    public void What_somebody_accepted_explains_nothing_else()
    {
        See(Openssl, "3.0.7");
        Deployed("2.0-hotfix", "Olga", wasAccepted: true);

        See(Openssl, "3.0.8").ShouldBe(Drifted);
    }

    [Fact]
    public void No_run_explains_a_difference_from_what_was_declared()
    {
        See(Sshd, "active");
        Deployed("2.0", "DEP-2026-000002/R1");

        See(Sshd, "failed").ShouldBe(Drifted);
    }

    [Fact]
    public void Another_version_than_was_deployed_last_blocks()
    {
        See(Shop, "2.3").ShouldBe(FirstSeen, "nothing was deployed by us");
        Deployed("2.4", "DEP-2026-000001/R1");

        See(Shop, "2.4").ShouldBe(AsDesired);
        See(Shop, "2.4-hotfix").ShouldBe(Drifted);

        var item = _items.ShouldHaveSingleItem();
        item.IsBlocking(_now).ShouldBeTrue();
        item.Sentence.ShouldBe("component shop-web is 2.4-hotfix instead of 2.4");
    }

    [Fact]
    public void Another_change_than_the_one_that_was_confirmed_is_confirmed_anew_and_has_a_record_of_its_own()
    {
        Deployed("2.4", "DEP-2026-000001/R1");
        See(Shop, "2.4-hotfix");
        var item = _items.ShouldHaveSingleItem();
        item.Confirm("The on-call patched it.", Olga, _now).Error.ShouldBeNull();
        item.BelongTo(UnmanagedDeployment.Record("UNM-2026-000001", EnvironmentId.New(), ComponentId.New(), item, Olga, _now));

        See(Shop, "2.4-hotfix");
        (item.Status, item.UnmanagedId is null).ShouldBe((DriftStatus.Confirmed, false));
        See(Shop, "2.4-other");

        _items.ShouldHaveSingleItem().ShouldBe(item);
        (item.Status, item.UnmanagedId is null).ShouldBe((DriftStatus.Detected, true));
        item.History.Select(happened => happened.Became).ShouldBe([DriftStatus.Detected, DriftStatus.Confirmed, DriftStatus.Detected]);
    }

    [Fact]
    public void A_version_seen_before_its_run_was_through_is_explained_by_it()
    {
        Deployed("2.4", "DEP-2026-000001/R1");
        See(Shop, "2.5");
        Deployed("2.5", "DEP-2026-000002/R1");

        See(Shop, "2.5").ShouldBe(ExplainedByRun);

        _items.ShouldHaveSingleItem().Status.ShouldBe(DriftStatus.ExplainedByRun);
    }

    [Fact]
    public void A_run_that_brings_a_version_ends_what_is_open_about_it()
    {
        Deployed("2.4", "DEP-2026-000001/R1");
        See(Shop, "2.4-hotfix");

        _items[0].Deployed("2.5", "DEP-2026-000002/R1", _now);

        _items[0].Status.ShouldBe(DriftStatus.Corrected);
        _items[0].History[^1].Text.ShouldBe("DEP-2026-000002/R1 put 2.5 there.");
    }

    [Fact]
    public void What_was_accepted_is_desired_until_something_else_is_declared()
    {
        See(Sshd, "inactive");
        _baseline.Accept(_items[0], "Not needed any more", "CHG-1", Olga, _now).Error.ShouldBeNull();

        See(Sshd, "inactive").ShouldBe(AsDesired);
        See(Sshd, "active").ShouldBe(Drifted);
        See(Sshd with { Expect = "active " }, "inactive").ShouldBe(Drifted);
    }

    [Fact]
    public void What_was_dismissed_is_no_difference_for_as_long_as_the_same_is_seen_and_desired()
    {
        See(Openssl, "3.0.7");
        See(Openssl, "3.0.7-0ubuntu1");
        _baseline.Dismiss(_items[0], "The same", Olga, isByOwner: false, _now).Error.ShouldBeNull();

        See(Openssl, "3.0.7-0ubuntu1").ShouldBe(AsDesired);
        See(Openssl, "3.0.7").ShouldBe(AsDesired);
        See(Openssl, "3.0.8").ShouldBe(Drifted);
    }

    [Fact]
    public void Another_value_asks_again_for_the_attention_of_whoever_ignored_the_former()
    {
        See(Sshd, "inactive");
        _items[0].Ignore(_now.AddDays(7), "Being moved", Olga, _now);
        See(Sshd, "inactive");
        _items[0].IsIgnored(_now).ShouldBeTrue();

        See(Sshd, "failed");

        _items.ShouldHaveSingleItem().IsIgnored(_now).ShouldBeFalse();
    }

    [Fact]
    public void What_blocks_does_so_until_it_is_closed_whoever_looks_next()
    {
        See(Sshd, "inactive");

        See(Sshd with { Prerequisite = false }, "inactive").ShouldBe(Drifted);

        _items.ShouldHaveSingleItem().IsBlocking(_now).ShouldBeTrue();
    }

    [Fact]
    public void What_was_ignored_while_it_did_not_block_is_not_ignored_once_it_does()
    {
        See(Sshd with { Prerequisite = false }, "inactive");
        _items[0].Ignore(_now.AddDays(7), "Not needed", Olga, _now).Error.ShouldBeNull();

        See(Sshd, "inactive");

        var item = _items.ShouldHaveSingleItem();
        item.IsBlocking(_now).ShouldBeTrue();
        item.History[^1].Text.ShouldBe("drift scan saw inactive instead of active, which blocks a deployment now.");
    }

    [Theory]
    [InlineData(false, Drifted)]
    [InlineData(true, AsDesired)]
    public void What_blocks_is_no_difference_only_in_the_owner_s_word(bool isByOwner, FactVerdict verdict)
    {
        See(Sshd with { Prerequisite = false }, "inactive");
        _baseline.Dismiss(_items[0], "Not needed", Olga, isByOwner, _now).Error.ShouldBeNull();
        See(Sshd with { Prerequisite = false }, "inactive").ShouldBe(AsDesired);

        See(Sshd, "inactive").ShouldBe(verdict);

        See(Sshd with { Prerequisite = false }, "inactive").ShouldBe(verdict, "what blocks by now is not closed by a look that asks for less");
    }

    [Fact]
    public void What_is_said_to_be_put_right_is_not_explained_by_a_run_before_that()
    {
        See(Openssl, "3.0.7");
        See(Openssl, "3.0.8");
        Deployed("2.0", "DEP-2026-000002/R1");
        See(Openssl, "3.0.8").ShouldBe(Drifted);
        _now += TimeSpan.FromMinutes(1);
        _baseline.Correct(_items[0], "Installed 3.0.7 again", Olga, _now).Error.ShouldBeNull();

        See(Openssl, "3.0.8").ShouldBe(Drifted);
        Deployed("2.1", "DEP-2026-000003/R1");
        See(Openssl, "3.0.9").ShouldBe(ExplainedByRun);
    }

    [Fact]
    public void A_declaration_that_is_no_duration_is_drift_and_throws_nothing()
    {
        var fact = new WatchedFact(FactKind.Certificate, "/etc/ssl/shop.pem", Expect: "a month");

        new DriftLook(_baseline, [], _desired, "drift scan", _now).See([new SeenFact(fact, "abc, valid until then", ExpiresAt: _now.AddDays(90))]).Verdicts.ShouldHaveSingleItem().Verdict.ShouldBe(Drifted);
    }

    [Fact]
    public void A_look_during_which_a_run_began_stays_due_and_counts_for_nothing()
    {
        var scan = DriftScan.Of(TargetId.New());
        var fence = scan.Take(TimeSpan.FromMinutes(2), _now);

        scan.PutOff(fence - 1, _now.AddMinutes(1));
        scan.DueAt.ShouldBe(_now.AddMinutes(2));
        scan.PutOff(fence, _now.AddMinutes(1));

        scan.DueAt.ShouldBe(_now.AddMinutes(1));
        scan.LookedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData(31, AsDesired)]
    [InlineData(29, Drifted)]
    public void A_certificate_has_to_be_valid_for_as_long_as_is_declared(int days, FactVerdict verdict)
    {
        var fact = new WatchedFact(FactKind.Certificate, "/etc/ssl/shop.pem", Expect: "30d");

        _now += TimeSpan.FromMinutes(1);
        var look = new DriftLook(_baseline, [], _desired, "drift scan", _now).See([new SeenFact(fact, "abc, valid until then", ExpiresAt: _now.AddDays(days))]);

        look.Verdicts.ShouldHaveSingleItem().Verdict.ShouldBe(verdict);
        if (verdict is Drifted) look.Found.ShouldHaveSingleItem().Desired.ShouldBe("valid for at least 30d");
    }

    private void Deployed(string label, string run, bool wasAccepted = false)
    {
        _now += TimeSpan.FromMinutes(1);
        _desired["shop-web"] = new DesiredVersion(label, run, _now, wasAccepted);
    }

    private FactVerdict See(WatchedFact fact, string? value)
    {
        _now += TimeSpan.FromMinutes(1);
        var look = new DriftLook(_baseline, _items.Where(item => item.IsOpen), _desired, "drift scan", _now).See([new SeenFact(fact, value, value is null ? "no permission" : null)]);
        _items.AddRange(look.Found);
        return look.Verdicts.Single().Verdict;
    }
}
