namespace DeployHub.Domain.Audit;

/// <summary>What a control check found: computed from what is stored, typed by nobody.</summary>
/// <param name="Since">From when on the control did not hold.</param>
/// <param name="Sentence">What did not hold, for people.</param>
/// <param name="Mended">What mended it later; null while nothing has, and for what cannot be mended.</param>
public sealed record Breach(DateTimeOffset Since, string Sentence, Mending? Mended = null)
{
    /// <summary>Several of one check and one subject are one, mended once all of them are; null for none.</summary>
    internal static Breach? Together(IReadOnlyList<Breach> found) => found.Count == 0 ? null : new Breach(
        found.Min(breach => breach.Since), string.Join(' ', found.Select(breach => breach.Sentence)),
        found.All(breach => breach.Mended is not null) ? found.Select(breach => breach.Mended!).MaxBy(mending => mending.At) : null);
}

/// <param name="Sentence">How, for people.</param>
public sealed record Mending(DateTimeOffset At, string Sentence);
