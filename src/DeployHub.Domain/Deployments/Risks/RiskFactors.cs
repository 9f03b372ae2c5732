using DeployHub.Domain.Models;
using static DeployHub.Domain.Deployments.Risks.RiskFactorKind;

namespace DeployHub.Domain.Deployments.Risks;

/// <summary>
/// The seven factors, each 0 to 3. They are made so that an ordinary change (tests, phases, a way back that was tried, a model in regular use)
/// comes to two or three points, and so that one doubtful thing alone never makes a plan medium, except where the specification says so: no way
/// back, or evidence against it.
/// </summary>
public static class RiskFactors
{
    /// <summary>A model that worked so lately is one that people know (domain §2.6).</summary>
    public static readonly TimeSpan ModelStaysKnown = TimeSpan.FromDays(90);

    /// <summary>A way back that worked so lately counts as tried; signal S10 asks for another rehearsal after the same time.</summary>
    public static readonly TimeSpan RollbackStaysProven = TimeSpan.FromDays(180);

    /// <summary>So near a freeze, what goes wrong is left over it.</summary>
    public static readonly TimeSpan NearFreeze = TimeSpan.FromHours(24);

    /// <summary>With fewer deployments a rate says nothing: one failure then counts one point.</summary>
    public const int EnoughHistory = 5;

    private static readonly TimeSpan DayBegins = TimeSpan.FromHours(7), DayEnds = TimeSpan.FromHours(17), FridayEnds = TimeSpan.FromHours(13);

    /// <param name="now">For how long ago something was.</param>
    public static IReadOnlyList<RiskFactor> Of(RiskFacts facts, DateTimeOffset now) =>
        [OfBlastRadius(facts), OfReversibility(facts, now), OfNovelty(facts, now), OfEvidence(facts), OfTiming(facts), OfCoupling(facts), OfHistory(facts)];

    /// <summary>The share of a live environment that the first phase changes: up to a third 1, up to two thirds 2, more 3. Nothing live is 0.</summary>
    private static RiskFactor OfBlastRadius(RiskFacts facts)
    {
        if (!facts.IsLive) return new(BlastRadius, 0, "No user is touched: the environment is not live.");

        var all = Math.Max(1, facts.InService);
        var points = facts.FirstPhase * 3 <= all ? 1 : facts.FirstPhase * 3 <= all * 2 ? 2 : 3;
        var rest = facts.FirstPhase < facts.Planned ? " before anything is verified" : " at once";
        return new(BlastRadius, points, $"{facts.FirstPhase} of {Words.Count(all, "live target")} {(facts.FirstPhase == 1 ? "changes" : "change")}{rest}.");
    }

    /// <summary>Tried within 180 days 0; not tried but what DeployHub does by itself or one switch 1; not tried and made of people's own steps 2; no way back 3.</summary>
    private static RiskFactor OfReversibility(RiskFacts facts, DateTimeOffset now)
    {
        var method = Words.Of(facts.Rollback);
        if (facts.Rollback is RollbackMethod.Irreversible) return new(Reversibility, 3, "Nothing leads back: a failure can only be fixed forward.");
        if (facts.RollbackProvenAt is { } proven && now - proven <= RollbackStaysProven) return new(Reversibility, 0, $"The way back ({method}) worked on {proven:yyyy-MM-dd}.");

        var since = facts.RollbackProvenAt is { } before ? $"since {before:yyyy-MM-dd}" : "yet";
        return facts.Rollback is RollbackMethod.RedeployPrevious or RollbackMethod.SwitchBack or RollbackMethod.RepublishPrevious
            ? new(Reversibility, 1, $"The way back ({method}) is simple, but nobody has tried it with this model {since}.")
            : new(Reversibility, 2, $"The way back ({method}) takes steps of its own, and nobody has tried it with this model {since}.");
    }

    /// <summary>A model that worked within 90 days 0, that was only rehearsed 1, neither 2; and 1 more for a component that was never here.</summary>
    private static RiskFactor OfNovelty(RiskFacts facts, DateTimeOffset now)
    {
        var (points, model) = IsRecent(facts.ModelUsedAt, now) ? (0, $"The model worked on {facts.ModelUsedAt:yyyy-MM-dd}")
            : IsRecent(facts.ModelRehearsedAt, now) ? (1, $"The model was rehearsed on {facts.ModelRehearsedAt:yyyy-MM-dd}, but has not been used for {ModelStaysKnown.TotalDays:0} days")
            : (2, $"The model has not been used for {ModelStaysKnown.TotalDays:0} days, if ever");
        if (facts.OnlyRemoves) return new(Novelty, points, $"{model}, and nothing new comes.");

        return facts.NewHere.Count == 0
            ? new(Novelty, points, $"{model}, and what is planned has been here before.")
            : new(Novelty, points + 1, $"{model}, and {Words.List(facts.NewHere)} {(facts.NewHere.Count == 1 ? "comes" : "come")} here for the first time.");
    }

    /// <summary>
    /// Tests and a success elsewhere 0, one of the two 1, neither 2. Failed tests, or a success that the environment's policy demands and that is
    /// missing, are evidence against it: 3.
    /// </summary>
    private static RiskFactor OfEvidence(RiskFacts facts)
    {
        if (facts.OnlyRemoves) return new(Evidence, 0, "Nothing comes that would have to be tested or to succeed elsewhere first.");
        if (facts.Failing.Count > 0) return new(Evidence, 3, $"Tests of {Words.List(facts.Failing)} failed.");
        if (facts is { PromotionSource: { } source, Unpromoted.Count: > 0 }) return new(Evidence, 3, $"{Words.List(facts.Unpromoted)} has not succeeded in {source}, from where it has to come.");

        return (facts.Untested.Count, facts.Unpromoted.Count) switch
        {
            (0, 0) => new(Evidence, 0, "Tests passed, and the same content succeeded in another environment."),
            (0, _) => new(Evidence, 1, $"Tests passed, but {Words.List(facts.Unpromoted)} has succeeded in no other environment."),
            (_, 0) => new(Evidence, 1, $"The same content succeeded in another environment, but no test was reported for {Words.List(facts.Untested)}."),
            _ => new(Evidence, 2, $"No test was reported for {Words.List(facts.Untested)}, and {Words.List(facts.Unpromoted)} has succeeded in no other environment."),
        };
    }

    /// <summary>A working day between 07:00 and 17:00 UTC 0 (Friday until 13:00), other hours 1, a weekend or a public holiday 2; and 1 more within 24 hours before a freeze. On demand is 0: whoever starts it is there.</summary>
    private static RiskFactor OfTiming(RiskFacts facts)
    {
        if (!facts.IsLive) return new(Timing, 0, "The environment is not live, so the hour does not matter.");
        if (facts.Slot is not { } slot) return new(Timing, 0, "On demand: whoever starts it chooses the moment, and is there.");

        var (points, when) = Hours(slot, facts.WorkingDays);
        return facts.NextFreeze is { } freeze && freeze.From > slot.Start && freeze.From - slot.End < NearFreeze
            ? new(Timing, points + 1, $"{when}, and the freeze {freeze.Name} begins on {freeze.From:yyyy-MM-dd HH:mm} UTC.")
            : new(Timing, points, $"{when}.");
    }

    private static (int Points, string When) Hours(Slot slot, WorkingDays calendar)
    {
        var (start, end) = (slot.Start.UtcDateTime, slot.End.UtcDateTime);
        var idle = Enumerable.Range(0, Math.Min((end.Date - start.Date).Days, 6) + 1).Select(days => DateOnly.FromDateTime(start.AddDays(days))).Where(day => !calendar.Include(day)).ToList();
        if (idle is [var first, ..]) return (2, calendar.HolidayOn(first) is { } holiday ? $"It happens on a public holiday, {holiday}, when few are there" : "It happens on a weekend, when few are there");

        var ends = start.DayOfWeek is DayOfWeek.Friday ? FridayEnds : DayEnds;
        return start.TimeOfDay >= DayBegins && end.TimeOfDay <= ends && start.Date == end.Date
            ? (0, "It happens on a working day in working hours")
            : (1, start.DayOfWeek is DayOfWeek.Friday ? "It reaches into Friday afternoon or beyond" : "It happens outside of working hours, 07:00 to 17:00 UTC");
    }

    /// <summary>Nobody depends on it 0, one or two other components 1, more 2; a declared dependency that will not hold 3.</summary>
    private static RiskFactor OfCoupling(RiskFacts facts)
    {
        if (facts.Broken.Count > 0) return new(Coupling, 3, $"A dependency will not hold: {facts.Broken[0]}");
        return facts.Dependants.Count switch
        {
            0 => new(Coupling, 0, "No other component here declares that it depends on what changes."),
            <= 2 => new(Coupling, 1, $"{Words.List(facts.Dependants)} {(facts.Dependants.Count == 1 ? "depends" : "depend")} on what changes."),
            _ => new(Coupling, 2, $"{Words.Count(facts.Dependants.Count, "component")} here depend on what changes, among them {facts.Dependants[0]}."),
        };
    }

    /// <summary>Of at least five: no failure 0, up to 10 % 1, up to 25 % 2, more 3. Of fewer: no failure 0, else 1.</summary>
    private static RiskFactor OfHistory(RiskFacts facts)
    {
        if (facts.Past == 0) return new(History, 0, "There is no earlier live deployment of this model or service that could have failed.");

        var seen = $"{facts.PastFailures} of the last {Words.Count(facts.Past, "live deployment")} of this model or service failed.";
        if (facts.PastFailures == 0) return new(History, 0, $"None of the last {Words.Count(facts.Past, "live deployment")} of this model or service failed.");
        if (facts.Past < EnoughHistory) return new(History, 1, seen);
        return new(History, facts.PastFailures * 10 <= facts.Past ? 1 : facts.PastFailures * 4 <= facts.Past ? 2 : 3, seen);
    }

    private static bool IsRecent(DateTimeOffset? at, DateTimeOffset now) => at is { } then && now - then <= ModelStaysKnown;
}
