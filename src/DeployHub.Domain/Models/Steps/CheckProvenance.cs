namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// The right builder made the artefact from the right source: a SLSA provenance (v1 or v0.2, as in-toto statement in a DSSE envelope or a Sigstore
/// bundle) lies in its store, somebody trusted signed it, it is about these bytes, and it says what it must. In patterns <c>*</c> stands for any
/// characters, and case counts.
/// </summary>
/// <param name="Provenance">Where the attestation lies, such as <c>{path}.intoto.jsonl</c> or <c>{path}.sigstore.json</c>: <c>{path}</c> is the artefact's path, and a path without it lies in its folder.</param>
/// <param name="Builders">Ids of the builders that may have made it, such as <c>https://github.com/actions/runner/github-hosted</c>.</param>
/// <param name="Sources">Repositories from which it may be built, such as <c>https://github.com/acme/shop</c>; any unless told.</param>
/// <param name="Refs">Branches, tags or commits from which it may be built, such as <c>refs/tags/v*</c>; any unless told.</param>
/// <param name="BuildTypes">Kinds of build that may have made it; any unless told.</param>
/// <param name="Parameters">What each external parameter may be, by its path, such as <c>workflow.path</c>: then no other may be there. Any unless told.</param>
/// <param name="Identities">Who may have signed with a certificate of a trusted Sigstore root; nobody unless told. Trusted PEM keys count in any case.</param>
/// <param name="Artefact">Name of the only artefact to look at; every one of the version unless told.</param>
/// <param name="Keys">The trusted keys and roots that count here, by their keys, such as <c>release-2027</c>; every one that may sign for the service unless told.</param>
public sealed record CheckProvenance(
    string Provenance, IReadOnlyList<string> Builders, IReadOnlyList<string>? Sources = null, IReadOnlyList<string>? Refs = null, IReadOnlyList<string>? BuildTypes = null,
    IReadOnlyDictionary<string, string>? Parameters = null, IReadOnlyList<SignerIdentity>? Identities = null, string? Artefact = null,
    IReadOnlyList<string>? Keys = null) : ComponentCheck
{
    public string ProvenanceFor(string artefactPath) => BesideArtefact.PathOf(artefactPath, Provenance);

    /// <summary>Patterns that ask for nothing, or that somebody else than the model's author writes. To be judged again once a run has filled them in.</summary>
    public IEnumerable<(string Member, string Sentence)> WeakPatterns() =>
    [
        .. SigningPatterns.WeakIn("builders", Builders),
        .. SigningPatterns.WeakIn("sources", Sources),
        .. SigningPatterns.WeakIn("refs", Refs),
        .. SigningPatterns.WeakIn("buildTypes", BuildTypes),
        .. SigningPatterns.FilledIn(Parameters),
        .. SigningPatterns.WeakIn(Identities),
    ];
}
