namespace DeployHub.Domain.Models.Analysis;

/// <summary>A pattern in the records of one version of a model that suggests an improvement (domain §2.7).</summary>
/// <param name="Version">Number of the version.</param>
/// <param name="Subject">What it is about, such as the name of a step; null for the version as a whole.</param>
/// <param name="Sentence">What was seen, with the numbers behind it.</param>
/// <param name="Evidence">Numbers of deployments that show it, the newest first; at most <see cref="MostEvidence"/>.</param>
/// <param name="Suggestion">What could be done about it.</param>
public sealed record Signal(SignalCode Code, int Version, string? Subject, string Sentence, IReadOnlyList<string> Evidence, string Suggestion)
{
    public const int MostEvidence = 20;

    /// <summary>All deployments that show it, however many: as long as it is not stored.</summary>
    private HashSet<string> _all = [];

    public static Signal Of(SignalCode code, VersionFacts facts, string? subject, string sentence, IEnumerable<string> evidence)
    {
        string[] all = [.. evidence.Distinct().OrderDescending(StringComparer.Ordinal)];
        return new Signal(code, facts.Version, subject, sentence, [.. all.Take(MostEvidence)], code.Suggests()) { _all = all.ToHashSet(StringComparer.Ordinal) };
    }

    /// <summary>Whether that deployment shows it, however many newer ones do.</summary>
    public bool IsShownBy(string deployment) => _all.Contains(deployment) || Evidence.Contains(deployment);

    /// <summary>The same with that deployment among its evidence, for whoever looks at nothing else.</summary>
    public Signal For(string deployment) => Evidence.Contains(deployment) ? this : this with { Evidence = [deployment, .. Evidence.Take(MostEvidence - 1)] };
}

/// <summary>What the rule of one signal says of one version.</summary>
/// <param name="Found">Empty when it was looked for and not found, and when nothing can be said.</param>
/// <param name="NoData">Why nothing can be said, in a sentence: that is never the same as fine (MR-6). Null when something can.</param>
public sealed record SignalAnswer(SignalCode Code, int Version, IReadOnlyList<Signal> Found, string? NoData)
{
    public bool IsQuiet => NoData is null && Found.Count == 0;

    public static SignalAnswer Of(SignalCode code, VersionFacts facts, params IEnumerable<Signal> found) => new(code, facts.Version, [.. found], null);

    public static SignalAnswer Without(SignalCode code, VersionFacts facts, string noData) => new(code, facts.Version, [], noData);
}
