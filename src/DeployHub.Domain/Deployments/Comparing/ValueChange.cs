namespace DeployHub.Domain.Deployments.Comparing;

/// <summary>A value of the configuration, or a parameter of the model, that is not what it was last time.</summary>
/// <param name="Before">Null where it was not said.</param>
/// <param name="Now">Null where it is not said any more.</param>
public sealed record ValueChange(string Name, string? Before, string? Now)
{
    /// <summary>What differs between two plans' variables. Which targets there are does not matter, only what they get.</summary>
    public static IReadOnlyList<ValueChange> OfVariables(IReadOnlyList<PlannedVariable> before, IReadOnlyList<PlannedVariable> now)
    {
        var (earlier, later) = (before.ToLookup(variable => variable.Name), now.ToLookup(variable => variable.Name));
        return
        [
            .. from name in earlier.Concat(later).Select(values => values.Key).Distinct().Order(StringComparer.Ordinal)
               where Differs([.. earlier[name]], [.. later[name]])
               select Masked(name, InWords([.. earlier[name]]), InWords([.. later[name]])),
        ];
    }

    /// <summary>What differs between two plans' parameters; what a plan does not say is the model's default.</summary>
    public static IReadOnlyList<ValueChange> OfParameters(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
    [
        .. from name in before.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
           let change = new ValueChange(name, before.GetValueOrDefault(name), now.GetValueOrDefault(name))
           where change.Before != change.Now
           select change,
    ];

    private static bool Differs(IReadOnlyList<PlannedVariable> before, IReadOnlyList<PlannedVariable> now)
    {
        if (!before.Select(variable => variable.Value).ToHashSet().SetEquals(now.Select(variable => variable.Value))) return true;

        var earlier = before.SelectMany(variable => variable.Targets, (variable, target) => (target, variable.Value)).ToDictionary(pair => pair.target, pair => pair.Value);
        return now.SelectMany(variable => variable.Targets, (variable, target) => (target, variable.Value)).Any(pair => earlier.TryGetValue(pair.target, out var value) && value != pair.Value);
    }

    private static string? InWords(IReadOnlyList<PlannedVariable> values) => values switch
    {
        [] => null,
        [var one] => one.Value,
        _ => string.Join("; ", values.Select(value => $"{value.Value} ({(value.Targets.Count == 0 ? "as a whole" : Words.List(value.Targets))})")),
    };

    /// <summary>What holds secrets is not shown, not even by name.</summary>
    private static ValueChange Masked(string name, string? before, string? now) => IsSecret(before) || IsSecret(now)
        ? new ValueChange(name, before is null ? null : IsSecret(before) ? "a secret" : before, now is null ? null : !IsSecret(now) ? now : IsSecret(before) ? "another secret" : "a secret")
        : new ValueChange(name, before, now);

    private static bool IsSecret(string? value) => value?.Contains("${secret:", StringComparison.Ordinal) is true;
}
