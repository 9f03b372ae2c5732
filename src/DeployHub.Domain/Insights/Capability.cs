using static DeployHub.Domain.Insights.CapabilityEvidence;

namespace DeployHub.Domain.Insights;

/// <summary>The capability of the practice (domain §0.4): its level is the highest one up to which every row holds.</summary>
public static class Capability
{
    public const int Highest = 5;

    /// <summary>In the order of the levels.</summary>
    public static IReadOnlyList<CapabilityEvidence> EvidenceOf(CapabilityFacts facts) => [.. Initial(facts), .. Systematic(facts), .. Defined(facts), .. Measured(facts), .. Improving(facts)];

    /// <summary>0 while nothing was ever deployed.</summary>
    public static int LevelOf(IReadOnlyList<CapabilityEvidence> evidence) =>
        Enumerable.Range(1, Highest).TakeWhile(level => evidence.Where(row => row.Level == level).All(row => row.State is EvidenceState.Holds)).LastOrDefault();

    public static string NameOf(int level) => level switch
    {
        0 => "Not begun",
        1 => "Initial: the purpose is met sometimes, by intuition",
        2 => "A basic set of activities, done systematically",
        3 => "Defined and integrated",
        4 => "Highly organised and measured",
        _ => "Continually improving",
    };

    private static IEnumerable<CapabilityEvidence> Initial(CapabilityFacts facts) => [Of(1, "Any deployment was recorded", facts.Records > 0, Words.Count(facts.Records, "record"))];

    private static IEnumerable<CapabilityEvidence> Systematic(CapabilityFacts facts) =>
    [
        AtLeast(2, "At least 80 % of the production deployments of the last 90 days have a plan and a record", 0.8, facts.Planned),
        Of(2, "Somebody is deployment manager, somebody deployment practitioner", facts is { Managers: > 0, Practitioners: > 0 }, $"{Words.Count(facts.Managers, "manager")}, {Words.Count(facts.Practitioners, "practitioner")}"),
        Of(2, "Environments are registered", facts.Environments > 0, Words.Count(facts.Environments, "environment")),
    ];

    private static IEnumerable<CapabilityEvidence> Defined(CapabilityFacts facts) =>
    [
        AtLeast(3, "At least 80 % of live deployments are done from a published model version", 0.8, facts.FromModels),
        AllOf(3, "Every model version in use was tested before it was published", facts.TestedVersions),
        Unknown(3, "At least 90 % of the records name their change, configuration and incidents", "DeployHub does not record these links yet"),
        Unknown(3, "Partners are registered for every service that depends on somebody outside", "DeployHub does not record partners yet"),
    ];

    private static IEnumerable<CapabilityEvidence> Measured(CapabilityFacts facts) =>
    [
        Unknown(4, "All nine metrics have data for three periods in a row, an owner and a target", "DeployHub does not compute all nine yet"),
        AllOf(4, "The records of every model in use are analysed at least quarterly", facts.AnalysedModels),
        Unknown(4, "At least 90 % of findings are closed on time", "DeployHub does not record findings yet"),
    ];

    private static IEnumerable<CapabilityEvidence> Improving(CapabilityFacts facts) =>
    [
        Of(5, "Each quarter an improvement was evaluated with a measured effect", facts.Evaluated.Count > 0 && facts.Evaluated.All(count => count > 0), Quarters(facts.Evaluated)),
        Unknown(5, "Success, throughput or lead time became better over four quarters without more change failures", "DeployHub does not compute this trend yet"),
    ];

    /// <summary>Every one of them, however few.</summary>
    private static CapabilityEvidence AllOf(int level, string requirement, Models.Measuring.Proportion found) =>
        found.Of == 0 ? Unknown(level, requirement, "no data") : Of(level, requirement, found.Count == found.Of, $"{found.Count} of {found.Of}");

    private static string Quarters(IReadOnlyList<int> evaluated) => evaluated.Count == 0 ? "no data" : $"{Words.List(evaluated.Select(count => $"{count}"))} in the last {evaluated.Count} quarters, the newest first";
}
