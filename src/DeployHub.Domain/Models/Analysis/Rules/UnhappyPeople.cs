using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>S12: less than 60 % of at least five answers are content with the lead time (M5).</summary>
public static class UnhappyPeople
{
    public const int FewestContentPercent = 60;

    public static SignalAnswer Of(VersionFacts facts)
    {
        if (facts.Content is not { } content) return SignalAnswer.Without(SignalCode.S12, facts, "Nobody is asked yet how content they are: DeployHub has no surveys.");
        if (!content.IsRate) return SignalAnswer.Without(SignalCode.S12, facts, $"Fewer than {Proportion.FewestForARate} people answered, which stays hidden (MR-6).");

        return content.Count * 100 < FewestContentPercent * content.Of
            ? SignalAnswer.Of(SignalCode.S12, facts, Signal.Of(SignalCode.S12, facts, null, $"{content} are content with how long deployments take.", []))
            : SignalAnswer.Of(SignalCode.S12, facts);
    }
}
