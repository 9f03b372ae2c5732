using System.Text.RegularExpressions;

namespace DeployHub.Domain.Models.Improving;

public enum EvidenceKind
{
    /// <summary>What the analysis of records showed (domain §2.7).</summary>
    Signal,
    Deployment,
    Review,
    Finding,
    Link,

    /// <summary>A halt of a run, whose resolution asks for it.</summary>
    Halt,
}

/// <summary>Something that an improvement rests on.</summary>
/// <param name="Reference">The code of a signal such as <c>S1</c>, a number such as <c>DEP-2026-000123</c>, the name of a run such as <c>DEP-2026-000123/R1</c>, or an https address.</param>
/// <param name="Subject">What a signal was seen at: a step, a parameter, an approval. Null where it is about the version as a whole, and for everything else.</param>
public sealed partial record EvidenceLink(EvidenceKind Kind, string Reference, string? Subject = null)
{
    private const int LongestAddress = 2000;

    /// <param name="run">Name of the run.</param>
    public static EvidenceLink Of(string run, int halt) => new(EvidenceKind.Halt, run, $"halt {halt}");

    /// <summary>Reads it as people write it: <c>S1 Smoke test</c>, <c>DEP-2026-000123</c>, <c>DEP-2026-000123/R1 halt 2</c>, <c>https://…</c>. Refused with <c>improvement.evidence-unreadable</c>.</summary>
    public static Result<EvidenceLink> Read(string? text)
    {
        var written = (text ?? "").Trim();
        if (Signal().Match(written) is { Success: true } signal)
            return new EvidenceLink(EvidenceKind.Signal, signal.Groups["code"].Value, signal.Groups["subject"] is { Length: > 0 } subject ? subject.Value : null);
        if (Halted().Match(written) is { Success: true } halted) return new EvidenceLink(EvidenceKind.Halt, halted.Groups["run"].Value, halted.Groups["halt"].Value);
        if (Number().Match(written) is { Success: true } number) return new EvidenceLink(KindOf(number.Groups["prefix"].Value), written);

        return IsAddress(written) ? new EvidenceLink(EvidenceKind.Link, written) : ImprovementErrors.EvidenceUnreadable(Words.Beginning(written, 60));
    }

    /// <summary>As people write it.</summary>
    public override string ToString() => Subject is null ? Reference : $"{Reference} {Subject}";

    private static EvidenceKind KindOf(string prefix) => prefix switch
    {
        "DEP" => EvidenceKind.Deployment,
        "REV" => EvidenceKind.Review,
        _ => EvidenceKind.Finding,
    };

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && !text.Any(char.IsWhiteSpace) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;

    [GeneratedRegex(@"^(?<code>S[1-9][0-9]?)([ \t]+(?<subject>\S[^\r\n]{0,199}))?\z")]
    private static partial Regex Signal();

    [GeneratedRegex(@"^(?<run>DEP-[0-9]{4}-[0-9]{4,6}/R[1-9][0-9]{0,3})[ \t]+(?<halt>halt [1-9][0-9]{0,3})\z")]
    private static partial Regex Halted();

    [GeneratedRegex(@"^(?<prefix>DEP|REV|FND)-[0-9]{4}-[0-9]{4,6}\z")]
    private static partial Regex Number();
}
