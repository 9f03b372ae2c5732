namespace DeployHub.Domain.Runs;

/// <summary>What tells the targets that failed from those that succeeded, by one attribute.</summary>
/// <param name="Attribute">Such as <c>label site</c>.</param>
/// <param name="Failed">Values among those that failed; null where it is absent.</param>
/// <param name="Succeeded">Values among those that succeeded.</param>
public sealed record Separation(string Attribute, IReadOnlyList<string?> Failed, IReadOnlyList<string?> Succeeded)
{
    /// <summary>
    /// The attributes that separate the two: no value occurs on both sides. What nearly every target has of its own, such as a port, would
    /// separate any two groups and tells nothing.
    /// </summary>
    public static IReadOnlyList<Separation> Between(
        IReadOnlyCollection<IReadOnlyDictionary<string, string>> failed, IReadOnlyCollection<IReadOnlyDictionary<string, string>> succeeded)
    {
        if (failed.Count == 0 || succeeded.Count == 0) return [];

        var most = Math.Max(2, (failed.Count + succeeded.Count + 1) / 2);
        return
        [
            .. failed.Concat(succeeded).SelectMany(target => target.Keys).Distinct().Order(StringComparer.Ordinal)
                .Select(attribute => new Separation(attribute, ValuesOf(attribute, failed), ValuesOf(attribute, succeeded)))
                .Where(one => !one.Failed.Intersect(one.Succeeded).Any() && one.Failed.Count + one.Succeeded.Count <= most)
                .OrderBy(one => one.Failed.Count + one.Succeeded.Count),
        ];
    }

    private static List<string?> ValuesOf(string attribute, IEnumerable<IReadOnlyDictionary<string, string>> targets) =>
        [.. targets.Select(target => target.GetValueOrDefault(attribute)).Distinct().Order(StringComparer.Ordinal)];
}
