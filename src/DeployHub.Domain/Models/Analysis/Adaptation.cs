namespace DeployHub.Domain.Models.Analysis;

/// <summary>How often plans changed one parameter, and to what.</summary>
/// <param name="Default">Null where the model does not say the parameter any more.</param>
/// <param name="Values">Each with how many plans, the most frequent first.</param>
public sealed record Adaptation(string Parameter, string? Default, int Plans, int Of, IReadOnlyList<AdaptedValue> Values)
{
    public static IReadOnlyList<Adaptation> From(VersionFacts facts)
    {
        var plans = facts.Plans;
        return
        [
            .. from adapted in plans.SelectMany(plan => plan.Adaptations)
               group adapted.Value by adapted.Key into parameter
               orderby parameter.Count() descending, parameter.Key
               select new Adaptation(
                   parameter.Key, facts.Defaults.TryGetValue(parameter.Key, out var known) ? known : null, parameter.Count(), plans.Count,
                   [.. parameter.GroupBy(value => value).OrderByDescending(same => same.Count()).Select(same => new AdaptedValue(same.Key, same.Count()))]),
        ];
    }
}

public sealed record AdaptedValue(string Value, int Plans);
