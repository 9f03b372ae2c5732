namespace DeployHub.Domain.Inventory.Signing.Attestations;

/// <summary>By whom and from what an artefact may be built. In every text <c>*</c> stands for any characters, and case counts; what is empty is not asked for.</summary>
/// <param name="Builders">Ids of builders.</param>
/// <param name="Sources">Repositories, such as <c>https://github.com/acme/*</c>.</param>
/// <param name="Refs">Refs or commits, such as <c>refs/tags/v*</c>.</param>
/// <param name="BuildTypes">Kinds of build.</param>
/// <param name="Parameters">What each external parameter may be, by its path; then no other may be there. Null for any.</param>
public sealed record ProvenancePolicy(
    IReadOnlyList<string> Builders, IReadOnlyList<string> Sources, IReadOnlyList<string> Refs, IReadOnlyList<string> BuildTypes, IReadOnlyDictionary<string, string>? Parameters)
{
    private const int LongestShown = 200;

    /// <summary>What is not as it must be, each a sentence's part that goes on after “The provenance”.</summary>
    public IReadOnlyList<string> Breaches(SlsaProvenance provenance) =>
    [
        .. Breach("was made by the builder", provenance.Builder, Builders),
        .. Breach("is of the build type", provenance.BuildType, BuildTypes),
        .. SourceBreaches(provenance.Source),
        .. Parameters is null ? [] : ParameterBreaches(provenance.Parameters, Parameters),
        .. Parameters is null || provenance.UnclearName is not { } unclear ? [] : new[] { $"was given a parameter whose name could be the path of another (“{Shown(unclear)}”: empty, or with a full stop or bracket), which is not allowed" },
    ];

    private IEnumerable<string> SourceBreaches(BuildSource? source)
    {
        if (Sources.Count == 0 && Refs.Count == 0) return [];
        if (source is null) return ["says no single source, so nothing can be said of its repository and ref"];

        var refs = new[] { source.Ref, source.Commit }.OfType<string>().ToList();
        return
        [
            .. Breach("was built from", source.Repository, Sources),
            .. Refs.Count == 0 || refs.Any(name => Fits(Refs, name)) ? [] : new[] { $"was built from {(refs.Count == 0 ? "no ref that it says" : Shown(string.Join(", ", refs)))}, and only {Listed(Refs)} may be" },
        ];
    }

    private static IEnumerable<string> ParameterBreaches(IReadOnlyDictionary<string, string> found, IReadOnlyDictionary<string, string> allowed) =>
    [
        .. found.Where(parameter => !allowed.ContainsKey(parameter.Key)).Select(parameter => $"was given the parameter {Shown(parameter.Key)} ({Shown(parameter.Value)}), which is not allowed"),
        .. allowed.Where(rule => !Wildcard.Matches(rule.Value, found.GetValueOrDefault(rule.Key, ""), caseCounts: true))
            .Select(rule => $"was given {(found.TryGetValue(rule.Key, out var value) ? $"the parameter {Shown(rule.Key)} as {Shown(value)}" : $"no parameter {Shown(rule.Key)}")}, and only {rule.Value} is allowed"),
    ];

    private static IEnumerable<string> Breach(string said, string value, IReadOnlyList<string> allowed) =>
        allowed.Count == 0 || Fits(allowed, value) ? [] : [$"{said} {Shown(value)}, and only {Listed(allowed)} may be"];

    private static bool Fits(IReadOnlyList<string> patterns, string text) => patterns.Any(pattern => Wildcard.Matches(pattern, text, caseCounts: true));

    private static string Shown(string text) => Words.Beginning(text, LongestShown);

    private static string Listed(IReadOnlyList<string> entries) => entries.Count <= 10 ? Words.List(entries) : $"{string.Join(", ", entries.Take(10))} and {entries.Count - 10} others";
}
