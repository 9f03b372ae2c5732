namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// A trusted key has signed the artefact, or the checksum file that lists it; by minisign, OpenPGP, cosign or a Sigstore bundle, whichever lies there. Paths are in the
/// artefact's store: <c>{path}</c> is the path of what is signed, and a path without it lies in the artefact's folder.
/// </summary>
/// <param name="Signature">Where the signature lies, such as <c>{path}.minisig</c>, <c>{path}.asc</c>, <c>{path}.sig</c> or <c>{path}.sigstore.json</c>; <c>{path}</c> alone for a clear-signed checksum file.</param>
/// <param name="Checksums">A checksum file in the artefact's folder, such as <c>SHA256SUMS</c>: then the signature is over that file, and each artefact's digest has to be listed in it.</param>
/// <param name="Artefact">Name of the only artefact to look at; every one of the version unless told.</param>
/// <param name="Identities">Who may have signed with a certificate of a trusted Sigstore root; nobody unless told.</param>
/// <param name="Keys">The trusted keys and roots that count here, by their keys, such as <c>release-2027</c>; every one that may sign for the service unless told.</param>
public sealed record CheckSignature(
    string Signature, string? Checksums = null, string? Artefact = null, IReadOnlyList<SignerIdentity>? Identities = null, IReadOnlyList<string>? Keys = null) : ComponentCheck
{
    /// <summary>Where the checksum file for an artefact lies in its store; null when artefacts are signed themselves.</summary>
    public string? ChecksumsFor(string artefactPath) => Checksums is null ? null : BesideArtefact.PathOf(artefactPath, Checksums);

    /// <param name="signedPath">Of the artefact, or of its checksum file.</param>
    public string SignatureFor(string signedPath) => BesideArtefact.PathOf(signedPath, Signature);

    /// <summary>Patterns that ask for nothing, or that somebody else than the model's author writes. To be judged again once a run has filled them in.</summary>
    public IEnumerable<(string Member, string Sentence)> WeakPatterns() => SigningPatterns.WeakIn(Identities);
}
