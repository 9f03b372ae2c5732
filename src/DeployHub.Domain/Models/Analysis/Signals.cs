using DeployHub.Domain.Models.Analysis.Rules;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>All signals of domain §2.7, in their order.</summary>
public static class Signals
{
    public static IReadOnlyList<SignalAnswer> Of(VersionFacts facts) =>
    [
        RepeatingHalts.Of(facts),
        AdaptedPlans.WrongDefaults(facts),
        AdaptedPlans.Deviations(facts),
        IdleApprovals.Of(facts),
        LateDiscoveries.Of(facts),
        SlowRuns.Of(facts),
        WaiverHabits.Of(facts),
        PoorResults.Of(facts),
        ManualLoads.Of(facts),
        NeglectedVersions.UnprovenRollback(facts),
        NeglectedVersions.Unused(facts),
        UnhappyPeople.Of(facts),
    ];
}
