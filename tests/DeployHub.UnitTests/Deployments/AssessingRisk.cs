using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>The seven factors and their bands (domain §2.6).</summary>
public sealed class AssessingRisk
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Tests, phases, a rehearsed way back, a model in use.</summary>
    private static readonly RiskFacts Ordinary = new()
    {
        IsLive = true,
        InService = 6,
        FirstPhase = 2,
        Planned = 6,
        RollbackProvenAt = Now.AddDays(-20),
        ModelUsedAt = Now.AddDays(-3),
        Slot = new Slot(Now.AddDays(1), Now.AddDays(1).AddHours(1)),
        Past = 12,
    };

    [Fact]
    public void An_ordinary_change_is_low()
    {
        var risk = Of(Ordinary);

        risk.Factors.Select(factor => factor.Kind).ShouldBe(Enum.GetValues<RiskFactorKind>());
        (risk.Sum, risk.Band, risk.Floor).ShouldBe((1, RiskBand.Low, null));
        risk.InWords.ShouldBe("low risk, 1 of 21");
        risk.Factors.ShouldAllBe(factor => factor.Reason.EndsWith('.'));
    }

    [Theory]
    [InlineData(6, 2, 1)]
    [InlineData(6, 3, 2)]
    [InlineData(6, 4, 2)]
    [InlineData(6, 5, 3)]
    [InlineData(1, 1, 3)]
    public void The_first_phase_is_the_blast_radius(int inService, int first, int points) =>
        Points(Ordinary with { InService = inService, FirstPhase = first }, RiskFactorKind.BlastRadius).ShouldBe(points);

    [Fact]
    public void What_only_removes_brings_nothing_that_could_be_new_or_untested()
    {
        var risk = Of(Ordinary with { OnlyRemoves = true, PromotionSource = "staging" });

        risk.Factors.Single(factor => factor.Kind is RiskFactorKind.Evidence).ShouldBe(new RiskFactor(RiskFactorKind.Evidence, 0, "Nothing comes that would have to be tested or to succeed elsewhere first."));
        risk.Factors.Single(factor => factor.Kind is RiskFactorKind.Novelty).Reason.ShouldEndWith(", and nothing new comes.");
    }

    [Fact]
    public void Where_nothing_is_live_neither_radius_nor_hour_counts()
    {
        var saturday = new Slot(Now.AddDays(5), Now.AddDays(5).AddHours(1));
        Points(Ordinary with { IsLive = false, FirstPhase = 6, Slot = saturday }, RiskFactorKind.BlastRadius).ShouldBe(0);
        Points(Ordinary with { IsLive = false, FirstPhase = 6, Slot = saturday }, RiskFactorKind.Timing).ShouldBe(0);
    }

    [Theory]
    [InlineData(RollbackMethod.RedeployPrevious, 20, 0)]
    [InlineData(RollbackMethod.RedeployPrevious, 181, 1)]
    [InlineData(RollbackMethod.SwitchBack, null, 1)]
    [InlineData(RollbackMethod.RestoreBackup, null, 2)]
    [InlineData(RollbackMethod.RestoreBackup, 180, 0)]
    [InlineData(RollbackMethod.Irreversible, 1, 3)]
    public void A_way_back_counts_once_it_was_tried(RollbackMethod method, int? daysAgo, int points) =>
        Points(Ordinary with { Rollback = method, RollbackProvenAt = daysAgo is { } days ? Now.AddDays(-days) : null }, RiskFactorKind.Reversibility).ShouldBe(points);

    [Theory]
    [InlineData(90, null, false, 0)]
    [InlineData(91, 10, false, 1)]
    [InlineData(null, 10, true, 2)]
    [InlineData(null, null, false, 2)]
    [InlineData(null, 91, true, 3)]
    public void What_is_done_for_the_first_time_is_novel(int? used, int? rehearsed, bool isNewHere, int points) =>
        Points(Ordinary with { ModelUsedAt = Ago(used), ModelRehearsedAt = Ago(rehearsed), NewHere = isNewHere ? ["web"] : [] }, RiskFactorKind.Novelty).ShouldBe(points);

    [Fact]
    public void Evidence_is_tests_and_a_success_elsewhere_and_may_speak_against_it()
    {
        Points(Ordinary with { Untested = ["web 1"] }, RiskFactorKind.Evidence).ShouldBe(1);
        Points(Ordinary with { Unpromoted = ["web 1"] }, RiskFactorKind.Evidence).ShouldBe(1);
        Points(Ordinary with { Untested = ["web 1"], Unpromoted = ["web 1"] }, RiskFactorKind.Evidence).ShouldBe(2);
        Points(Ordinary with { Unpromoted = ["web 1"], PromotionSource = "staging" }, RiskFactorKind.Evidence).ShouldBe(3);
        Points(Ordinary with { Failing = ["web 1"] }, RiskFactorKind.Evidence).ShouldBe(3);
    }

    [Theory]
    [InlineData("2026-11-24T07:00Z", "2026-11-24T17:00Z", 0)]
    [InlineData("2026-11-24T06:59Z", "2026-11-24T08:00Z", 1)]
    [InlineData("2026-11-24T16:30Z", "2026-11-24T17:30Z", 1)]
    [InlineData("2026-11-27T12:00Z", "2026-11-27T13:00Z", 0)]
    [InlineData("2026-11-27T12:30Z", "2026-11-27T13:30Z", 1)] // Friday afternoon
    [InlineData("2026-11-28T10:00Z", "2026-11-28T11:00Z", 2)]
    [InlineData("2026-11-27T23:00Z", "2026-11-28T01:00Z", 2)] // into Saturday
    [InlineData("2026-11-27T10:00Z", "2026-11-30T10:00Z", 2)] // over a weekend
    [InlineData("2026-11-23T10:00Z", "2026-11-26T10:00Z", 1)]
    public void The_hour_counts(string start, string end, int points) =>
        Points(Ordinary with { Slot = Slot(start, end) }, RiskFactorKind.Timing).ShouldBe(points);

    [Fact]
    public void A_freeze_that_begins_within_a_day_adds_one()
    {
        var slot = Slot("2026-11-24T10:00Z", "2026-11-24T11:00Z");
        Points(Ordinary with { Slot = slot, NextFreeze = (slot.End.AddHours(23), "Weekend") }, RiskFactorKind.Timing).ShouldBe(1);
        Points(Ordinary with { Slot = slot, NextFreeze = (slot.End.AddHours(25), "Weekend") }, RiskFactorKind.Timing).ShouldBe(0);
        Points(Ordinary with { Slot = null }, RiskFactorKind.Timing).ShouldBe(0);
    }

    [Fact]
    public void Who_leans_on_it_is_counted_and_what_will_not_hold_counts_most()
    {
        Points(Ordinary with { Dependants = ["shop"] }, RiskFactorKind.Coupling).ShouldBe(1);
        Points(Ordinary with { Dependants = ["a", "b", "c"] }, RiskFactorKind.Coupling).ShouldBe(2);
        Points(Ordinary with { Broken = ["web 1 needs api 2."] }, RiskFactorKind.Coupling).ShouldBe(3);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(4, 2, 1)] // too few for a rate
    [InlineData(20, 2, 1)]
    [InlineData(20, 5, 2)]
    [InlineData(20, 6, 3)]
    public void What_failed_before_counts_by_its_rate(int past, int failed, int points) =>
        Points(Ordinary with { Past = past, PastFailures = failed }, RiskFactorKind.History).ShouldBe(points);

    [Fact]
    public void Bands_follow_the_sum_and_no_way_back_is_at_least_medium()
    {
        WithSum(6).Band.ShouldBe(RiskBand.Low);
        WithSum(7).Band.ShouldBe(RiskBand.Medium);
        WithSum(12).Band.ShouldBe(RiskBand.Medium);
        WithSum(13).Band.ShouldBe(RiskBand.High);

        var irreversible = Of(Ordinary with { Rollback = RollbackMethod.Irreversible });
        (irreversible.Sum, irreversible.Band).ShouldBe((4, RiskBand.Medium));
        irreversible.Floor.ShouldNotBeNull();
        Of(Ordinary with { Failing = ["web 1"] }).Band.ShouldBe(RiskBand.Medium);
        Of(Ordinary with { Broken = ["It needs more."] }).Band.ShouldBe(RiskBand.Low); // a factor of three alone is no floor
    }

    [Fact]
    public void A_worry_outlives_an_edit_and_a_reassurance_does_not()
    {
        var raised = Of(Ordinary) with { Changes = [new(RiskBand.Low, RiskBand.High, "Black Friday", Given.Dora, Now)] };
        Of(Ordinary).After(raised).Band.ShouldBe(RiskBand.High);

        var medium = Of(Ordinary with { Failing = ["web 1"] });
        var lowered = medium with { Changes = [new(RiskBand.Medium, RiskBand.Low, "Flaky", Given.Dora, Now)] };
        medium.After(lowered).Band.ShouldBe(RiskBand.Medium);
        medium.After(null).Band.ShouldBe(RiskBand.Medium);
    }

    [Fact]
    public void No_number_of_moves_shakes_off_a_worry()
    {
        var raised = Of(Ordinary) with { Changes = [new(RiskBand.Low, RiskBand.Medium, "The supplier is away", Given.Dora, Now)] };
        var worse = Of(Ordinary with { Failing = ["web 1"], PastFailures = 12, FirstPhase = 6, Broken = ["It needs more."], ModelUsedAt = null }).After(raised);
        worse.Band.ShouldBe(RiskBand.High, "what the factors say counts where it is more");
        Of(Ordinary).After(worse).Band.ShouldBe(RiskBand.Medium);

        var answered = raised with { Changes = [.. raised.Changes, new(RiskBand.Medium, RiskBand.Low, "They are back", Given.Paul, Now)] };
        answered.Band.ShouldBe(RiskBand.Low);
        Of(Ordinary).After(answered).Band.ShouldBe(RiskBand.Medium, "what lowered it was said of another plan");
    }

    [Fact]
    public void What_was_lowered_never_falls_below_the_floor_and_a_dropped_slot_counts_as_it_did()
    {
        var floored = Of(Ordinary with { Failing = ["web 1"] }) with { Changes = [new(RiskBand.High, RiskBand.Low, "Flaky", Given.Dora, Now)] };
        floored.Band.ShouldBe(RiskBand.Medium);

        var saturday = Of(Ordinary with { Slot = Slot("2026-11-28T10:00Z", "2026-11-28T11:00Z") });
        var dropped = Of(Ordinary with { Slot = null }).After(saturday, isOnDemand: true);
        var twice = Of(Ordinary with { Slot = null }).After(dropped, isOnDemand: true);
        (dropped.Sum, twice.Factors.Single(factor => factor.Kind is RiskFactorKind.Timing)).ShouldBe((saturday.Sum, dropped.Factors.Single(factor => factor.Kind is RiskFactorKind.Timing)));
        Of(Ordinary).After(saturday).Sum.ShouldBe(1, "another slot counts for itself");
    }

    [Fact]
    public void The_first_phase_is_what_the_model_divides()
    {
        var targets = Given.Targets(6);
        FirstPhase.Of(Given.Model(batchSize: "2"), Given.Plan, targets).ShouldBe(2);
        FirstPhase.Of(Given.Model() with { Execute = Given.Model().Execute with { Phases = new AllAtOnce() } }, Given.Plan, targets).ShouldBe(6);
    }

    private static Risk WithSum(int sum) => Of(Ordinary) with { Factors = [.. Enum.GetValues<RiskFactorKind>().Select((kind, place) => new RiskFactor(kind, Spread(sum)[place], "So."))] };

    /// <summary>So many points over the seven, none of the two that set a floor above two.</summary>
    private static int[] Spread(int sum)
    {
        int[] most = [3, 2, 3, 2, 3, 3, 3], points = new int[7];
        for (var i = 0; sum > 0; i = (i + 1) % 7)
            if (points[i] < most[i]) (points[i], sum) = (points[i] + 1, sum - 1);
        return points;
    }

    private static Risk Of(RiskFacts facts) => Risk.Of(facts, Given.Plan.Digest, Now);

    private static int Points(RiskFacts facts, RiskFactorKind kind) => Of(facts).Factors.Single(factor => factor.Kind == kind).Points;

    private static DateTimeOffset? Ago(int? days) => days is { } past ? Now.AddDays(-past) : null;

    private static Slot Slot(string start, string end) => new(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture));
}
