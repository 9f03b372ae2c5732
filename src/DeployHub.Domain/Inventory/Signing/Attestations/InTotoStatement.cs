namespace DeployHub.Domain.Inventory.Signing.Attestations;

/// <summary>What somebody says of artefacts, bound to their digests: in-toto's Statement v1 and v0.1. Refused with <c>statement.…</c>.</summary>
/// <param name="Provenance">How they were built; null when the statement is about something else.</param>
public sealed record InTotoStatement(IReadOnlyList<StatementSubject> Subjects, string PredicateType, SlsaProvenance? Provenance)
{
    /// <summary>Of the envelope that holds one.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    private const int MostSubjects = 10_000;

    public static Result<InTotoStatement> Parse(ReadOnlyMemory<byte> bytes) => JsonPlace.Read(bytes, "statement", "The statement", Read);

    private static InTotoStatement Read(JsonPlace statement)
    {
        if (statement.Text("_type") is not ("https://in-toto.io/Statement/v1" or "https://in-toto.io/Statement/v0.1")) throw statement.Refuse("is no in-toto statement of v1 or v0.1", "type");

        var subjects = statement.Items("subject").Take(MostSubjects + 1).Select(StatementSubject.Read).ToList();
        if (subjects.Count > MostSubjects) throw statement.Refuse($"has more than {MostSubjects:N0} subjects", "size");
        var type = statement.Needed("predicateType");
        return new InTotoStatement(subjects, type, statement.Member("predicate") is { } predicate ? SlsaProvenance.Read(type, predicate) : null);
    }
}

/// <summary>One artefact that a statement is about.</summary>
/// <param name="Sha256">In lower case; null when no SHA-256 is said.</param>
/// <param name="Sha512">In lower case; null when no SHA-512 is said.</param>
public sealed record StatementSubject(string Name, string? Sha256, string? Sha512)
{
    internal static StatementSubject Read(JsonPlace subject)
    {
        var digests = subject.Member("digest");
        return new StatementSubject(subject.Text("name") ?? "", digests?.Text("sha256")?.ToLowerInvariant(), digests?.Text("sha512")?.ToLowerInvariant());
    }
}
