namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>What plans change: S2, the same adaptation in at least 40 % of at least five plans; S3, at least 20 % of them deviate.</summary>
public static class AdaptedPlans
{
    public const int FewestPlans = 5;
    public const int AdaptingPercent = 40;
    public const int DeviatingPercent = 20;

    private const int LongestValue = 60;

    public static SignalAnswer WrongDefaults(VersionFacts facts)
    {
        var plans = facts.Plans;
        if (plans.Count < FewestPlans) return SignalAnswer.Without(SignalCode.S2, facts, Said.TooFew("plans", FewestPlans, plans.Count));

        var alike = plans.SelectMany(plan => plan.Adaptations, (plan, adaptation) => (plan.Number, adaptation.Key, adaptation.Value))
            .GroupBy(adaptation => (adaptation.Key, adaptation.Value))
            .GroupBy(same => same.Key.Key)
            .Select(parameter => parameter.MaxBy(same => same.Count())!)
            .Where(same => Reaches(same.Count(), plans.Count, AdaptingPercent));
        return SignalAnswer.Of(SignalCode.S2, facts, alike.OrderByDescending(same => same.Count()).Select(same => Signal.Of(
            SignalCode.S2, facts, same.Key.Key, Sentence(facts, same.Key.Key, same.Key.Value, same.Count(), plans.Count), same.Select(plan => plan.Number))));
    }

    public static SignalAnswer Deviations(VersionFacts facts)
    {
        var plans = facts.Plans;
        if (plans.Count < FewestPlans) return SignalAnswer.Without(SignalCode.S3, facts, Said.TooFew("plans", FewestPlans, plans.Count));

        List<DeploymentFact> deviating = [.. plans.Where(plan => plan.Deviations > 0)];
        return Reaches(deviating.Count, plans.Count, DeviatingPercent)
            ? SignalAnswer.Of(SignalCode.S3, facts, Signal.Of(
                SignalCode.S3, facts, null, $"{deviating.Count} of {plans.Count} plans ({Said.Percent(deviating.Count, plans.Count)}) leave what the model allows.",
                deviating.Select(plan => plan.Number)))
            : SignalAnswer.Of(SignalCode.S3, facts);
    }

    private static bool Reaches(int count, int of, int percent) => count * 100 >= percent * of;

    private static string Sentence(VersionFacts facts, string name, string value, int count, int plans)
    {
        var before = facts.Defaults.TryGetValue(name, out var known) ? $" from {Words.Beginning(known, LongestValue)}" : "";
        return $"{count} of {plans} plans ({Said.Percent(count, plans)}) change {name}{before} to {Words.Beginning(value, LongestValue)}.";
    }
}
