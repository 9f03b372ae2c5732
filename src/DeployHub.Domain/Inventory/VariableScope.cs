using System.Text.Json.Serialization;

namespace DeployHub.Domain.Inventory;

/// <summary>Where a step is: in an environment, and on a target unless it is done once for many.</summary>
public sealed record VariablePlace(string Environment, string? Target = null, IReadOnlyDictionary<string, string>? Labels = null);

/// <summary>
/// Where a value applies: everything that is said has to be so. The most specific scope wins: one that names a target before one that does
/// not, then one with more labels, then one that names an environment.
/// </summary>
/// <param name="Environment">Key of an environment; null for every one.</param>
/// <param name="Labels">What a target has to have, each of them.</param>
/// <param name="Target">Name of a target; without an environment, in each that has one of this name.</param>
public sealed record VariableScope(string? Environment = null, IReadOnlyDictionary<string, string>? Labels = null, string? Target = null)
{
    /// <summary>Higher wins.</summary>
    internal (bool NamesTarget, int Labels, bool NamesEnvironment) Specificity => (Target is not null, Labels?.Count ?? 0, Environment is not null);

    public bool Covers(VariablePlace place) =>
        (Environment is null || Environment == place.Environment)
        && (Target is null || Target == place.Target)
        && (Labels ?? new Dictionary<string, string>()).All(label => place.Labels?.TryGetValue(label.Key, out var value) == true && value == label.Value);

    public bool Equals(VariableScope? other) =>
        other is not null && Environment == other.Environment && Target == other.Target && OrderedLabels().SequenceEqual(other.OrderedLabels());

    public override int GetHashCode() => HashCode.Combine(Environment, Target, Labels?.Count ?? 0);

    /// <summary>Such as “target web-1 in production” or “everywhere”.</summary>
    public string InWords()
    {
        var what = string.Join(", ", new[] { Target is null ? null : $"target {Target}", Labels is { Count: > 0 } ? Words.List(OrderedLabels().Select(label => $"{label.Key}={label.Value}")) : null }.OfType<string>());
        return (what, Environment) switch
        {
            ("", null) => "everywhere",
            ("", { } environment) => environment,
            (_, null) => what,
            var (_, environment) => $"{what} in {environment}",
        };
    }

    private IEnumerable<KeyValuePair<string, string>> OrderedLabels() => (Labels ?? new Dictionary<string, string>()).OrderBy(label => label.Key, StringComparer.Ordinal);
}

/// <param name="Value">May name secrets as <c>${secret:name}</c>; never holds one.</param>
/// <inheritdoc cref="VariableScope"/>
public sealed record ScopedValue(string Value, string? Environment = null, IReadOnlyDictionary<string, string>? Labels = null, string? Target = null)
{
    [JsonIgnore]
    public VariableScope Scope => new(Environment, Labels, Target);
}
